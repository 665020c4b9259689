package pregao.indicators.loop;

import java.util.Iterator;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.candle.Candle;
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
     * Takes records until there are no more, or enough that reach back.
     * @param records what is left of a poll
     * @param reachesBack whether a candle is not simply the next of its series
     * @return a batch of at least one record
     */
    Batch next(Iterator<ConsumerRecord<String, byte[]>> records, Predicate<Candle> reachesBack) {
        Batch batch = new Batch(reachesBack);
        while (records.hasNext() && !batch.isFull()) {
            ConsumerRecord<String, byte[]> record = records.next();
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
            batch.add(partition, CandleCodec.decode(record.value()).candle());
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            this.deadLetters.put(record, ex);
        }
    }

}
