package pregao.devcluster.command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import pregao.contracts.Topic;

/**
 * What is in the topics of dead letters.
 */
final class DeadLetterReader {

    private DeadLetterReader() {
    }

    /**
     * Reads all of them.
     * @param kafka {@code host:port}
     * @param topic only those of this topic; all where it is empty
     * @return the letters, by topic and in its order
     */
    static List<DeadLetter> read(String kafka, String topic) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<DeadLetter> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics()
                .entrySet()
                .stream()
                .filter((entry) -> entry.getKey().endsWith(Topic.DEAD_LETTERS))
                .filter((entry) -> topic.isEmpty() || entry.getKey().equals(topic)
                        || entry.getKey().equals(topic + Topic.DEAD_LETTERS))
                .flatMap((entry) -> entry.getValue().stream())
                .map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                .anyMatch((
                        topicPartition) -> consumer.position(topicPartition) < ends.getOrDefault(topicPartition, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach((letter) -> letters.add(DeadLetter.of(letter)));
            }
        }
        return letters;
    }

    /**
     * One record that was given up.
     *
     * @param topic where it lies
     * @param partition its partition
     * @param offset its place
     * @param time when it was given up
     * @param key its key, as text
     * @param size of its value, in bytes
     * @param headers the cause, as text
     */
    record DeadLetter(String topic, int partition, long offset, Instant time, String key, int size,
            Map<String, String> headers) {

        DeadLetter {
            headers = Map.copyOf(headers);
        }

        static DeadLetter of(ConsumerRecord<byte[], byte[]> letter) {
            Map<String, String> headers = new TreeMap<>();
            for (Header header : letter.headers()) {
                headers.put(header.key(), text(header.value()));
            }
            return new DeadLetter(letter.topic(), letter.partition(), letter.offset(),
                    Instant.ofEpochMilli(letter.timestamp()), text(letter.key()),
                    Math.max(0, letter.serializedValueSize()), headers);
        }

        private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
            return (bytes == null) ? "" : new String(bytes, StandardCharsets.UTF_8);
        }

    }

}
