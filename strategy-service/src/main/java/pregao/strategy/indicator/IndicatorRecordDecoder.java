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
 * Decodes Kafka records into candle updates. Records of instruments that nobody follows
 * are not decoded.
 */
final class IndicatorRecordDecoder {

    private final DeadLetterPublisher deadLetters;

    private final DecisionLatency latency;

    IndicatorRecordDecoder(DeadLetterPublisher deadLetters, DecisionLatency latency) {
        this.deadLetters = deadLetters;
        this.latency = latency;
    }

    /**
     * Decodes a record with a candle.
     * @param record a record of the topic {@code indicator} or {@code candle}
     * @param isWanted whether a bot or a live analysis follows the instrument with this
     * key
     * @return the update, or null if the record is not an M1 candle that is followed, or
     * was published to the dead-letter topic
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
                return null; // decisions on it are not taken back
            }
            Candle candle = event.candle();
            if (!isFinal && candle.timeframe() == Timeframe.M1 && candle.isFinal()) {
                this.latency.markPublished(candle, record.timestamp());
            }
            // Final candles come from the topic indicator, forming ones from the topic
            // candle.
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
     * @param <T> the type of the event
     * @param record the record, whose key is an account or a user
     * @param codec the codec of the topic
     * @return the event, or null if the record was published to the dead-letter topic
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
