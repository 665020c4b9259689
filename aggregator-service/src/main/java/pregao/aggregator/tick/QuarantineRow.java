package pregao.aggregator.tick;

import org.jspecify.annotations.Nullable;

import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.Outlier;

/**
 * A row of {@code market.tick_quarantine}, as it is to be stored.
 *
 * @param tick a batch of one tick
 * @param state what becomes of it
 * @param doubt why it is held; null in a change of a row that is there
 * @param receivedAt when ingest took the record that causes this, epoch milliseconds
 * @param by who releases it or takes it back, or null
 */
record QuarantineRow(TickBatch tick, State state, @Nullable Outlier doubt, long receivedAt, @Nullable String by) {

    /** Who releases ticks of a level that lasts. */
    static final String LEVEL_CHANGE = "level_change";

    /** What this and a later change of the same tick come to. */
    QuarantineRow mergeWith(QuarantineRow later) {
        return new QuarantineRow(later.tick, later.state, (later.doubt != null) ? later.doubt : this.doubt,
                later.receivedAt, later.by);
    }

    /**
     * What becomes of a tick.
     */
    enum State {

        /** The rule holds it. */
        HELD,
        /** It leaves quarantine. */
        RELEASED,
        /** A user takes it back into quarantine. */
        UNDONE

    }

}
