package pregao.strategy.catalog.backfill;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the Kafka producer of backfill requests. A lost request does no harm,
 * because the next analysis sends it again.
 */
@Configuration(proxyBeanMethods = false)
class BackfillConfiguration {

    private static final Map<String, Object> PRODUCER_CONFIG = Map.of(ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.LINGER_MS_CONFIG, 5,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4000, ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5000,
            ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * 1024 * 1024);

    @Bean
    BackfillRequestPublisher wishPublisher(KafkaProperties kafkaProperties) {
        return new BackfillRequestPublisher(() -> createProducer(kafkaProperties));
    }

    private static Producer<String, byte[]> createProducer(KafkaProperties kafkaProperties) {
        Map<String, Object> config = new HashMap<>(PRODUCER_CONFIG);
        // The admin properties hold only the servers and the security settings.
        config.putAll(kafkaProperties.buildAdminProperties());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

}
