package pregao.session.broker.backfill;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import pregao.contracts.Topic;

/**
 * A publisher of records that cannot be decoded to the dead-letter topic.
 */
@Component
class DeadLetterPublisher {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private static final long TIMEOUT_SECONDS = 10;

    private final Producer<String, byte[]> producer;

    private final BackfillMetrics metrics;

    DeadLetterPublisher(Producer<String, byte[]> producer, BackfillMetrics metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    /**
     * Publishes a dead letter and waits for the acknowledgment.
     * @param record the record
     * @param cause why it cannot be decoded
     * @throws KafkaException if the dead letter cannot be written
     */
    void publish(ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        ProducerRecord<String, byte[]> deadLetter = new ProducerRecord<>(record.topic() + Topic.DEAD_LETTERS,
                record.key(), record.value());
        addHeader(deadLetter, "cause", cause.getClass().getName());
        addHeader(deadLetter, "message", String.valueOf(cause.getMessage()));
        addHeader(deadLetter, "topic", record.topic());
        addHeader(deadLetter, "partition", Integer.toString(record.partition()));
        addHeader(deadLetter, "offset", Long.toString(record.offset()));
        addHeader(deadLetter, "service", "session");
        try {
            this.producer.send(deadLetter).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new KafkaException("a dead letter cannot be written", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a dead letter", ex);
        }
        this.metrics.recordDeadLetter(record.topic(), cause.getClass().getSimpleName());
        log.warn("Record {}/{} at offset {} is sent to the dead-letter topic: {}", record.topic(), record.partition(),
                record.offset(), cause.getMessage());
    }

    private static void addHeader(ProducerRecord<String, byte[]> deadLetter, String name, String value) {
        deadLetter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

}
