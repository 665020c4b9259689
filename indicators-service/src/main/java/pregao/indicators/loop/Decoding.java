package pregao.indicators.loop;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.candle.CandleCodec;
import pregao.loop.DeadLetters;

/**
 * Turns records into a batch; puts aside what it does not understand.
 */
final class Decoding {

    private final DeadLetters deadLetters;

    Decoding(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * Reads all records of a poll.
     * @param records in the order of each partition
     * @return their candles, and where each partition goes on
     */
    Batch read(Iterable<ConsumerRecord<String, byte[]>> records) {
        Batch batch = new Batch();
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (!this.deadLetters.skips(record)) {
                decode(record, partition, batch);
            }
            batch.read(partition, record.offset());
        }
        return batch;
    }

    private void decode(ConsumerRecord<String, byte[]> record, TopicPartition partition, Batch batch) {
        try {
            if (record.value() == null) {
                throw new IllegalArgumentException("a record without a value");
            }
            batch.add(partition, CandleCodec.decode(record.value()));
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            this.deadLetters.put(record, ex);
        }
    }

}
