package pregao.aggregator.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;
import pregao.pipeline.consumer.DeadLetterPublisher;

/**
 * Decodes the records of a poll, and publishes records that it cannot decode as dead
 * letters.
 */
final class RecordDecoder {

    private final DeadLetterPublisher deadLetters;

    RecordDecoder(DeadLetterPublisher deadLetters) {
        this.deadLetters = deadLetters;
    }

    DecodedBatch decode(Iterable<ConsumerRecord<String, byte[]>> records) {
        List<DecodedBatch.Partitioned<TickBatch>> ticks = new ArrayList<>();
        List<DecodedBatch.Partitioned<CandleEvent>> providedCandles = new ArrayList<>();
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        int recordCount = 0;
        int putAside = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            recordCount++;
            if (this.deadLetters.consumeSkipMark(record) || !decode(record, ticks, providedCandles)) {
                putAside++;
            }
            nextOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        return new DecodedBatch(ticks, providedCandles, nextOffsets, putAside, recordCount);
    }

    /**
     * Decodes a record.
     * @return false if the record became a dead letter
     */
    private boolean decode(ConsumerRecord<String, byte[]> record, List<DecodedBatch.Partitioned<TickBatch>> ticks,
            List<DecodedBatch.Partitioned<CandleEvent>> providedCandles) {
        try {
            if (record.value() == null) {
                throw new IllegalArgumentException("a record without a value");
            }
            if (Topic.TICK.topicName().equals(record.topic())) {
                ticks.add(new DecodedBatch.Partitioned<>(record.partition(), TickCodec.decode(record.value())));
                return true;
            }
            CandleEvent event = CandleCodec.decode(record.value());
            boolean isWithdrawnMinute = event.withdrawn() && event.candle().timeframe() == Timeframe.M1;
            if (event.candle().source() == CandleSource.GIVEN || isWithdrawnMinute) {
                providedCandles.add(new DecodedBatch.Partitioned<>(record.partition(), event));
            }
            return true;
        }
        catch (RuntimeException ex) {
            // Decoding depends only on the record, so it fails the same way every time.
            this.deadLetters.publish(record, ex);
            return false;
        }
    }

}
