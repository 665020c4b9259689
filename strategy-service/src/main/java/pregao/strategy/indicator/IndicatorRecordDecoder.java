package pregao.strategy.indicator;

import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.indicator.IndicatorCodec;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.pipeline.consumer.DeadLetterPublisher;

/**
 * From records to minutes. What nobody waits for is not even decoded.
 */
final class IndicatorRecordDecoder {

    private final DeadLetterPublisher deadLetters;

    private final DecisionLatency latency;

    IndicatorRecordDecoder(DeadLetterPublisher deadLetters, DecisionLatency latency) {
        this.deadLetters = deadLetters;
        this.latency = latency;
    }

    /**
     * Decodes a record.
     * @param record of the topics indicator or candle
     * @param isWanted whether somebody waits for an instrument, by its key
     * @return null where it is no minute, or nobody waits for it
     */
    @Nullable CandleUpdate decodeCandle(ConsumerRecord<String, byte[]> record, Predicate<String> isWanted) {
        if (this.deadLetters.consumeSkipMark(record) || !isWanted.test(record.key())) {
            return null;
        }
        try {
            boolean isFinal = record.topic().equals(Topic.INDICATOR.topicName());
            CandleEvent event = isFinal ? toCandleEvent(IndicatorCodec.decode(record.value()))
                    : CandleCodec.decode(record.value());
            if (event.withdrawn()) {
                return null; // what was decided on it stays decided
            }
            Candle candle = event.candle();
            if (!isFinal && candle.timeframe() == Timeframe.M1 && candle.isFinal()) {
                this.latency.recordPublished(candle, record.timestamp());
            }
            // Minutes that are over come with their indicators, in their order.
            boolean isExpected = candle.timeframe() == Timeframe.M1 && candle.isFinal() == isFinal;
            return isExpected ? new CandleUpdate(candle, isFinal) : null;
        }
        catch (IllegalArgumentException ex) {
            this.deadLetters.publish(record, ex);
            return null;
        }
    }

    /**
     * Decodes a record of a topic of session-service.
     * @param <T> what it tells
     * @param record of an account or a person
     * @param codec of the topic
     * @return null where it is put aside
     */
    <T> @Nullable T decodeEvent(ConsumerRecord<String, byte[]> record, Function<byte[], T> codec) {
        if (this.deadLetters.consumeSkipMark(record)) {
            return null;
        }
        try {
            return codec.apply(record.value());
        }
        catch (IllegalArgumentException ex) {
            this.deadLetters.publish(record, ex);
            return null;
        }
    }

    private static CandleEvent toCandleEvent(IndicatorEvent event) {
        return new CandleEvent(event.candle(), 0, 0, event.withdrawn());
    }

}
