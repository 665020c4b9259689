package pregao.ingest.kafka;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.pipeline.consumer.TopicProperties;
import pregao.pipeline.consumer.TopicProvisioner;

/**
 * Configuration of the Kafka clients, with timeouts that let the service respond before
 * the sender gives up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class KafkaClients {

    private static final Map<String, Object> PRODUCER_CONFIG = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"), Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
            // Concurrent requests share a batch; a single one waits for a millisecond.
            Map.entry(ProducerConfig.LINGER_MS_CONFIG, 1), Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024),
            Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024),
            Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1500),
            Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000),
            Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2500),
            Map.entry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50),
            Map.entry(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200),
            Map.entry(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50),
            Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
            Map.entry(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1000));

    @Bean(destroyMethod = "") // RecordPublisher closes it, with a timeout
    Producer<String, byte[]> producer(KafkaProperties kafkaProperties) {
        return new KafkaProducer<>(merge(PRODUCER_CONFIG, kafkaProperties.buildProducerProperties()),
                new StringSerializer(), new ByteArraySerializer());
    }

    @Bean(destroyMethod = "close")
    Admin admin(KafkaProperties kafkaProperties) {
        return Admin.create(merge(
                Map.of(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
                        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
                kafkaProperties.buildAdminProperties()));
    }

    @Bean
    TopicProvisioner topics(Admin admin, TopicProperties properties) {
        return new TopicProvisioner(admin, properties);
    }

    static Consumer<String, byte[]> createConsumer(KafkaProperties kafkaProperties) {
        return new KafkaConsumer<>(merge(
                Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500),
                kafkaProperties.buildConsumerProperties()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> merge(Map<String, Object> defaults, Map<String, Object> overrides) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.putAll(overrides);
        return merged;
    }

}
