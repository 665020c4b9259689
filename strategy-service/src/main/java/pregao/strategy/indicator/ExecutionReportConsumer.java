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
 * Applies the records of session-service: execution reports, and events that an account
 * or a user was deleted. The changes are written exactly once, in the transaction that
 * also writes the offsets. Bot instances learn of their orders later, on the replica that
 * owns the partition of their instrument.
 */
final class ExecutionReportConsumer {

    private final DataSource database;

    private final IndicatorRecordDecoder decoder;

    private final PartitionOffsets offsets;

    private final OffsetRepository offsetRepository;

    private final ExecutionReportHandler reportHandler;

    ExecutionReportConsumer(DataSource database, IndicatorRecordDecoder decoder, PartitionOffsets offsets,
            OffsetRepository offsetRepository, ExecutionReportHandler reportHandler) {
        this.database = database;
        this.decoder = decoder;
        this.offsets = offsets;
        this.offsetRepository = offsetRepository;
        this.reportHandler = reportHandler;
    }

    /** Applies the records of a batch before any bot decides on the batch. */
    void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        process(records, Topic.EXECUTION_REPORT, ExecutionReportCodec::decode, this::writeReports);
        process(records, Topic.SESSION, BrokerSessionEventCodec::decode, this::eraseData);
    }

    private <T> void process(Iterable<ConsumerRecord<String, byte[]>> records, Topic topic, Function<byte[], T> codec,
            WriteOperation<T> operation) throws SQLException {
        List<T> events = new ArrayList<>();
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(topic.topicName())) {
                nextOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                T event = this.decoder.decodeEvent(record, codec);
                if (event != null) {
                    events.add(event);
                }
            }
        }
        if (!events.isEmpty()) {
            this.offsets.advance(nextOffsets);
            operation.write(events, this.offsets.pendingCommits(nextOffsets.keySet()));
            this.offsets.markCommitted();
        }
    }

    private void writeReports(List<ExecutionReport> reports, List<OffsetAdvance> advances) throws SQLException {
        this.reportHandler.apply(reports, (connection) -> this.offsetRepository.advance(connection, advances));
    }

    private void eraseData(List<BrokerSessionEvent> events, List<OffsetAdvance> advances) throws SQLException {
        RetryingTransaction.run(this.database, (Connection connection) -> {
            for (BrokerSessionEvent event : events) {
                LedgerErasureService.handleEvent(connection, event);
            }
            this.offsetRepository.advance(connection, advances);
            return events;
        });
    }

    /**
     * Writes events together with the offsets up to which they are read.
     *
     * @param <T> the type of the events
     */
    private interface WriteOperation<T> {

        void write(List<T> events, List<OffsetAdvance> advances) throws SQLException;

    }

}
