package pregao.aggregator.tick;

import org.jspecify.annotations.Nullable;

import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.Outlier;

/**
 * A change of a row of {@code market.tick_quarantine}.
 *
 * @param tick a batch of one tick
 * @param state the new state of the tick
 * @param doubt why the tick is held; null for a change of an existing row
 * @param receivedAt when ingest received the record that causes the change, in epoch
 * milliseconds
 * @param by who releases the tick or undoes its release, or null
 */
record QuarantineRow(TickBatch tick, State state, @Nullable Outlier doubt, long receivedAt, @Nullable String by) {

    /** The value of {@code by} for ticks of a new price level. */
    static final String LEVEL_CHANGE = "level_change";

    /** Merges this change with a later change of the same tick. */
    QuarantineRow mergeWith(QuarantineRow later) {
        return new QuarantineRow(later.tick, later.state, (later.doubt != null) ? later.doubt : this.doubt,
                later.receivedAt, later.by);
    }

    /**
     * The state of a tick.
     */
    enum State {

        /** The outlier rule holds it. */
        HELD,
        /** It is released from quarantine. */
        RELEASED,
        /** A user has undone its release. */
        UNDONE

    }

}
