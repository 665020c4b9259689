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
 * Puts aside what cannot be decoded, with the cause.
 */
@Component
class DeadLetterPublisher {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private static final long TIMEOUT_SECONDS = 10;

    private final Producer<String, byte[]> producer;

    private final BackfillMetrics meters;

    DeadLetterPublisher(Producer<String, byte[]> producer, BackfillMetrics meters) {
        this.producer = producer;
        this.meters = meters;
    }

    /**
     * Puts a record aside and waits until the brokers have it.
     * @param record which
     * @param cause why
     * @throws KafkaException where they have not
     */
    void publish(ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(record.topic() + Topic.DEAD_LETTERS, record.key(),
                record.value());
        header(letter, "cause", cause.getClass().getName());
        header(letter, "message", String.valueOf(cause.getMessage()));
        header(letter, "topic", record.topic());
        header(letter, "partition", Integer.toString(record.partition()));
        header(letter, "offset", Long.toString(record.offset()));
        header(letter, "service", "session");
        try {
            this.producer.send(letter).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new KafkaException("a dead letter cannot be written", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a dead letter", ex);
        }
        this.meters.deadLetter(record.topic(), cause.getClass().getSimpleName());
        log.warn("Record {}/{} at offset {} is sent to the dead-letter topic: {}", record.topic(), record.partition(),
                record.offset(), cause.getMessage());
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

}
