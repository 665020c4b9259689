package pregao.indicators.loop;

import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;

import pregao.contracts.Topic;
import pregao.contracts.indicator.Convention;
import pregao.contracts.indicator.IndicatorCodec;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.indicators.candle.Valued;

/**
 * Candles with their values as records of their topic.
 */
final class IndicatorRecords {

    private IndicatorRecords() {
    }

    static Function<Valued, ProducerRecord<String, byte[]>> of(Convention convention) {
        return (valued) -> new ProducerRecord<>(Topic.INDICATOR.topicName(), valued.candle().instrument().key(),
                IndicatorCodec.encode(new IndicatorEvent(valued.candle(), convention, valued.values())));
    }

}
