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
 * Puts aside what cannot be decoded or stored, with the cause.
 */
public final class DeadLetterPublisher {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private static final long TIMEOUT_SECONDS = 30;

    private final Topic.Service service;

    private final Producer<String, byte[]> producer;

    private final ConsumerMetrics metrics;

    private static final int MAX_MESSAGE_LENGTH = 1_000;

    /** So often a record fails unexpectedly before it is put aside. */
    private static final int MAX_ATTEMPTS = 3;

    /** Records that are put aside: {@code topic/partition@offset}. */
    private final Set<String> recordsToSkip = new HashSet<>();

    /** How often the record that failed last did so unexpectedly. */
    private int attempts;

    private String lastFailedRecord = "";

    /**
     * A place for letters.
     * @param service that puts them aside
     * @param producer acks=all
     * @param metrics counts them
     */
    public DeadLetterPublisher(Topic.Service service, Producer<String, byte[]> producer, ConsumerMetrics metrics) {
        this.service = service;
        this.producer = producer;
        this.metrics = metrics;
    }

    /**
     * Puts a record aside and waits until the brokers have it.
     * @param record which
     * @param cause why
     * @throws KafkaException where they have not
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
     * Puts a record aside that failed alone, so that it is skipped when it is read again:
     * at once where it is refused, after several tries where nobody foresaw the failure.
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
     * Whether a record was refused and is to be skipped, which is said once.
     * @param record as it was read again
     * @return true if it is put aside
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
