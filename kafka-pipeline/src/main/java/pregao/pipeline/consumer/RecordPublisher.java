package pregao.pipeline.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Publishes records and waits until the brokers acknowledge them.
 */
public final class RecordPublisher {

    private static final long TIMEOUT_SECONDS = 30;

    private final Producer<String, byte[]> producer;

    /**
     * Creates a publisher.
     * @param producer an idempotent producer with {@code acks=all}
     */
    public RecordPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Publishes records in order and waits for all acknowledgments.
     * @param records records of data that is already stored
     * @throws PublishException if a record was not acknowledged
     */
    public void publish(List<ProducerRecord<String, byte[]>> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> futures = new ArrayList<>(records.size());
        try {
            records.forEach((record) -> futures.add(this.producer.send(record)));
            for (Future<RecordMetadata> future : futures) {
                future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException ex) {
            throw new PublishException("%d records are stored but not known to be published".formatted(records.size()),
                    ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while publishing", ex);
        }
    }

}
