package pregao.loop;

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
 * Publishes records and waits until the brokers have them.
 */
public final class Publisher {

    private static final long BOUND_SECONDS = 30;

    private final Producer<String, byte[]> producer;

    /**
     * A publisher.
     * @param producer idempotent, acks=all
     */
    public Publisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Publishes records in their order.
     * @param records of what is stored
     * @throws PublishFailed where it is not known that the brokers have all of them
     */
    public void publish(List<ProducerRecord<String, byte[]>> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        try {
            records.forEach((each) -> sent.add(this.producer.send(each)));
            for (Future<RecordMetadata> each : sent) {
                each.get(BOUND_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException ex) {
            throw new PublishFailed("%d records are stored but not known to be published".formatted(records.size()),
                    ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new PublishFailed("interrupted while publishing", ex);
        }
    }

}
