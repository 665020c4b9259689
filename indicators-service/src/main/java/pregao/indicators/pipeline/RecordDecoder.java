package pregao.indicators.pipeline;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.candle.CandleCodec;
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

    /**
     * Decodes all records of a poll.
     * @param records the records, in order within each partition
     * @return their candles, and the next offset of each partition
     */
    CandleBatch decode(Iterable<ConsumerRecord<String, byte[]>> records) {
        CandleBatch batch = new CandleBatch();
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (!this.deadLetters.consumeSkipMark(record)) {
                decode(record, partition, batch);
            }
            batch.recordOffset(partition, record.offset());
        }
        return batch;
    }

    private void decode(ConsumerRecord<String, byte[]> record, TopicPartition partition, CandleBatch batch) {
        try {
            if (record.value() == null) {
                throw new IllegalArgumentException("a record without a value");
            }
            batch.add(partition, CandleCodec.decode(record.value()));
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            this.deadLetters.publish(record, ex);
        }
    }

}
