package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Topic;
import pregao.contracts.execution.ExecutionReport;
import pregao.contracts.execution.ExecutionReportCodec;
import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventCodec;
import pregao.pipeline.offset.OffsetAdvance;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.erasure.LedgerErasureService;
import pregao.strategy.execution.ExecutionReportHandler;

/**
 * The loop's part that takes what session-service tells: execution reports, and that
 * accounts or people are gone. What follows is written, once, in the transaction that
 * moves the offsets on. Bots hear of their orders afterwards, wherever the minutes of
 * their instruments come.
 */
final class ExecutionReportConsumer {

    private final DataSource database;

    private final IndicatorRecordDecoder decoding;

    private final PartitionOffsets positions;

    private final OffsetRepository progress;

    private final ExecutionReportHandler outcomes;

    ExecutionReportConsumer(DataSource database, IndicatorRecordDecoder decoding, PartitionOffsets positions,
            OffsetRepository progress, ExecutionReportHandler outcomes) {
        this.database = database;
        this.decoding = decoding;
        this.positions = positions;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /** Takes what a batch tells, before anything is decided on it. */
    void take(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        take(records, Topic.EXECUTION_REPORT, ExecutionReportCodec::decode, this::report);
        take(records, Topic.SESSION, BrokerSessionEventCodec::decode, this::erase);
    }

    private <T> void take(Iterable<ConsumerRecord<String, byte[]>> records, Topic topic, Function<byte[], T> codec,
            WriteOperation<T> writing) throws SQLException {
        List<T> told = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(topic.topicName())) {
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                T one = this.decoding.told(record, codec);
                if (one != null) {
                    told.add(one);
                }
            }
        }
        if (!told.isEmpty()) {
            this.positions.advance(next);
            writing.write(told, this.positions.pendingCommits(next.keySet()));
            this.positions.markCommitted();
        }
    }

    private void report(List<ExecutionReport> reports, List<OffsetAdvance> moves) throws SQLException {
        this.outcomes.write(reports, (connection) -> this.progress.advance(connection, moves));
    }

    private void erase(List<BrokerSessionEvent> events, List<OffsetAdvance> moves) throws SQLException {
        RetryingTransaction.run(this.database, (Connection connection) -> {
            for (BrokerSessionEvent event : events) {
                LedgerErasureService.handleEvent(connection, event);
            }
            this.progress.advance(connection, moves);
            return events;
        });
    }

    /**
     * Writes what was told, with how far it is read.
     *
     * @param <T> what was told
     */
    private interface WriteOperation<T> {

        void write(List<T> told, List<OffsetAdvance> moves) throws SQLException;

    }

}
