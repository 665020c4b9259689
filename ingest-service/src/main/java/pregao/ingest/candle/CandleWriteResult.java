package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.kafka.OutboundRecord;

/**
 * Candles that are in the database, and those of their request that are held back.
 *
 * @param puts what became of each that is believed, in the order they were sent
 * @param held what is not believed
 * @param changed what others must hear of
 * @param outboxId the row of the outbox that holds {@code changed}; 0 where there is none
 */
record CandleWriteResult(List<UpsertResult> puts, QuarantineResult held, List<OutboundRecord> changed, long outboxId) {

    /** Nothing new. */
    static final CandleWriteResult NOTHING = new CandleWriteResult(List.of(), QuarantineResult.NONE, List.of(), 0);

    CandleWriteResult {
        puts = List.copyOf(puts);
        changed = List.copyOf(changed);
    }

}
