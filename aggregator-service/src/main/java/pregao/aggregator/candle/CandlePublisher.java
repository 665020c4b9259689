package pregao.aggregator.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import pregao.contracts.Topic;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;

/**
 * Publishes candles and waits until the brokers have them.
 */
public final class CandlePublisher {

    private static final long BOUND_SECONDS = 30;

    private final Producer<String, byte[]> producer;

    /**
     * A publisher.
     * @param producer idempotent, acks=all
     */
    public CandlePublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Publishes events in their order.
     * @param events of candles that are stored
     * @throws PublishFailed where it is not known that the brokers have all of them
     */
    public void publish(List<CandleEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        try {
            for (CandleEvent event : events) {
                sent.add(this.producer.send(new ProducerRecord<>(Topic.CANDLE.topicName(),
                        event.candle().instrument().key(), CandleCodec.encode(event))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(BOUND_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (ExecutionException | TimeoutException | org.apache.kafka.common.KafkaException ex) {
            throw new PublishFailed("%d candles are stored but not known to be published".formatted(events.size()), ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new PublishFailed("interrupted while publishing", ex);
        }
    }

}
