package pregao.aggregator.pipeline;

import org.apache.kafka.clients.producer.ProducerRecord;

import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;

/**
 * Creates records of the topic {@code candle}.
 */
final class CandleRecordFactory {

    private CandleRecordFactory() {
    }

    static ProducerRecord<String, byte[]> of(CandleEvent event) {
        return new ProducerRecord<>(Topic.CANDLE.topicName(), event.candle().instrument().key(),
                CandleCodec.encode(event));
    }

    static ProducerRecord<String, byte[]> of(Candle candle) {
        return of(CandleEvent.of(candle));
    }

}
