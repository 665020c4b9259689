package pregao.session.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.background.PeriodicTask;
import pregao.pipeline.consumer.TopicProperties;
import pregao.pipeline.consumer.TopicProvisioner;

/**
 * Configuration of the Kafka clients and of the task that publishes the outbox.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
class KafkaConfiguration {

    /**
     * The maximum delay of a change whose replica died before it published the change.
     */
    private static final Duration PUBLISH_INTERVAL = Duration.ofMillis(500);

    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4000, ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500,
            ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(KafkaProperties kafkaProperties) {
        return new KafkaProducer<>(merge(PRODUCER_DEFAULTS, kafkaProperties.buildProducerProperties()),
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
    TopicProvisioner topics(Admin admin, TopicProperties settings) {
        return new TopicProvisioner(admin, settings);
    }

    @Bean
    PeriodicTask publishing(OutboxRelay relay, OutboxTrigger trigger) {
        PeriodicTask task = new PeriodicTask("outbox", PUBLISH_INTERVAL, relay::publish);
        trigger.setTask(task);
        return task;
    }

    private static Map<String, Object> merge(Map<String, Object> defaults, Map<String, Object> overrides) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.putAll(overrides);
        return merged;
    }

}
