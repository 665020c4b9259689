package pregao.indicators.pipeline;

import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;

import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorCodec;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.contracts.indicator.IndicatorValues;
import pregao.indicators.candle.CandleWithIndicators;

/**
 * Creates records of the topic {@code indicator}.
 */
final class IndicatorRecordFactory {

    private IndicatorRecordFactory() {
    }

    static Function<CandleWithIndicators, ProducerRecord<String, byte[]>> mapperFor(IndicatorConvention convention) {
        return (candleWithIndicators) -> new ProducerRecord<>(Topic.INDICATOR.topicName(),
                candleWithIndicators.candle().instrument().key(), IndicatorCodec.encode(
                        new IndicatorEvent(candleWithIndicators.candle(), convention, candleWithIndicators.values())));
    }

    /**
     * Creates the record of a withdrawn candle.
     */
    static ProducerRecord<String, byte[]> createWithdrawn(Candle candle, IndicatorConvention convention) {
        return new ProducerRecord<>(Topic.INDICATOR.topicName(), candle.instrument().key(), IndicatorCodec
            .encode(new IndicatorEvent(candle.withFinality(false), convention, IndicatorValues.NONE, true)));
    }

}
