package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.kafka.OutboundRecord;

/**
 * Result of writing the candles of a request.
 *
 * @param puts the result of each candle that is not in quarantine, in the order in which
 * they were sent
 * @param held the candles that went into quarantine
 * @param changed the records to publish
 * @param outboxId the ID of the outbox row that contains {@code changed}; 0 if there is
 * none
 */
record CandleWriteResult(List<UpsertResult> puts, QuarantineResult held, List<OutboundRecord> changed, long outboxId) {

    /** Result without any change. */
    static final CandleWriteResult NOTHING = new CandleWriteResult(List.of(), QuarantineResult.NONE, List.of(), 0);

    CandleWriteResult {
        puts = List.copyOf(puts);
        changed = List.copyOf(changed);
    }

}
