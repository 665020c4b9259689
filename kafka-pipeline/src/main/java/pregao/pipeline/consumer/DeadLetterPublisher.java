package pregao.pipeline.consumer;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Topic;

/**
 * Publishes records that cannot be decoded or stored to a dead-letter topic, with the
 * cause in headers.
 */
public final class DeadLetterPublisher {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private static final long TIMEOUT_SECONDS = 30;

    private final Topic.Service service;

    private final Producer<String, byte[]> producer;

    private final ConsumerMetrics metrics;

    private static final int MAX_MESSAGE_LENGTH = 1_000;

    /** How often a record may fail unexpectedly before it becomes a dead letter. */
    private static final int MAX_ATTEMPTS = 3;

    /**
     * Records that became dead letters and are skipped when read again, as
     * {@code topic/partition@offset}.
     */
    private final Set<String> recordsToSkip = new HashSet<>();

    /** How often the record that failed last has failed unexpectedly in a row. */
    private int attempts;

    private String lastFailedRecord = "";

    /**
     * Creates a publisher.
     * @param service the service that publishes the dead letters
     * @param producer a producer with {@code acks=all}
     * @param metrics counts the dead letters
     */
    public DeadLetterPublisher(Topic.Service service, Producer<String, byte[]> producer, ConsumerMetrics metrics) {
        this.service = service;
        this.producer = producer;
        this.metrics = metrics;
    }

    /**
     * Publishes a record to the dead-letter topic of its topic and waits for the
     * acknowledgment.
     * @param record the record
     * @param cause why the record cannot be processed
     * @throws KafkaException if the brokers did not acknowledge the dead letter
     */
    public void publish(ConsumerRecord<String, byte[]> record, Exception cause) {
        ProducerRecord<String, byte[]> deadLetter = new ProducerRecord<>(record.topic() + Topic.DEAD_LETTERS,
                record.key(), record.value());
        addHeader(deadLetter, "cause", cause.getClass().getName());
        String message = String.valueOf(cause.getMessage());
        addHeader(deadLetter, "message", message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)));
        addHeader(deadLetter, "topic", record.topic());
        addHeader(deadLetter, "partition", Integer.toString(record.partition()));
        addHeader(deadLetter, "offset", Long.toString(record.offset()));
        addHeader(deadLetter, "service", this.service.name().toLowerCase(Locale.ROOT));
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
        this.metrics.countDeadLetter(record.topic(), cause.getClass().getSimpleName());
        log.warn("Record {}/{} at offset {} is sent to the dead-letter topic: {}", record.topic(), record.partition(),
                record.offset(), cause.getMessage());
    }

    /**
     * Records that a record failed when processed alone. The record becomes a dead letter
     * and is skipped when read again: at once if it was refused, after several attempts
     * if the failure was unexpected.
     */
    void recordFailure(ConsumerRecord<String, byte[]> record, Exception cause) {
        String recordId = recordId(record);
        this.attempts = recordId.equals(this.lastFailedRecord) ? this.attempts + 1 : 1;
        this.lastFailedRecord = recordId;
        if (FailureKind.of(cause) == FailureKind.REFUSED || this.attempts >= MAX_ATTEMPTS) {
            publish(record, cause);
            this.recordsToSkip.add(recordId);
        }
    }

    /**
     * Returns true if a record became a dead letter and has to be skipped. Clears the
     * mark, so it returns true only once.
     * @param record the record, read again
     * @return whether to skip the record
     */
    public boolean consumeSkipMark(ConsumerRecord<String, byte[]> record) {
        return !this.recordsToSkip.isEmpty() && this.recordsToSkip.remove(recordId(record));
    }

    private static String recordId(ConsumerRecord<String, byte[]> record) {
        return record.topic() + '/' + record.partition() + '@' + record.offset();
    }

    private static void addHeader(ProducerRecord<String, byte[]> deadLetter, String name, String value) {
        deadLetter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

}
