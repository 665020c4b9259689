package pregao.pipeline.consumer;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates the Kafka clients of a service.
 */
public final class KafkaClients {

    private final Map<String, Object> commonConfig;

    private final ConsumerProperties properties;

    /**
     * Creates the factory.
     * @param commonConfig the configuration of all clients: bootstrap servers and
     * security
     * @param properties the properties of the group consumer
     */
    public KafkaClients(Map<String, Object> commonConfig, ConsumerProperties properties) {
        this.commonConfig = Map.copyOf(commonConfig);
        this.properties = properties;
    }

    /**
     * Creates an admin client.
     * @return the client, which the caller closes
     */
    public Admin createAdmin() {
        return Admin.create(this.commonConfig);
    }

    /**
     * Creates the consumer of the group. Offsets are stored in the database, so
     * auto-commit and offset reset are off.
     * @return the consumer, which the caller closes
     */
    public Consumer<String, byte[]> createGroupConsumer() {
        Map<String, Object> config = new HashMap<>(this.commonConfig);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, this.properties.group());
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        if (!this.properties.instance().isBlank()) {
            config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, this.properties.instance());
        }
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, this.properties.records());
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, this.properties.fetchBytes());
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, this.properties.fetchBytes());
        return createConsumer(config);
    }

    /**
     * Creates a consumer without a group.
     * @return the consumer, which the caller closes
     */
    public Consumer<String, byte[]> createStandaloneConsumer() {
        Map<String, Object> config = new HashMap<>(this.commonConfig);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return createConsumer(config);
    }

    /**
     * Creates an idempotent producer with {@code acks=all}.
     * @return the producer, which the caller closes
     */
    public Producer<String, byte[]> createProducer() {
        Map<String, Object> config = new HashMap<>(this.commonConfig);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static Consumer<String, byte[]> createConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

}
