package pregao.market.candle;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * A candle as the database holds it. {@link #put} says in plain Java what the database's
 * function {@code market.put_candles} does; the function is tested against it.
 *
 * @param candle with its revision
 * @param rank by {@link Precedence}
 */
public record Stored(Candle candle, int rank) {

    public Stored {
        if (rank < Precedence.BUILT_FORMING || rank > Precedence.RELEASED) {
            throw new IllegalArgumentException("rank is from 1 to 5, not " + rank);
        }
        if (candle.complete() != candle.revision() > 0) {
            throw new IllegalArgumentException(
                    "a stored candle has a revision above 0 where it is final, not " + candle.revision());
        }
    }

    /**
     * Puts a candle where maybe one is.
     * @param before what is stored in its bucket, or null
     * @param incoming a candle, whose own revision does not matter
     * @return what is stored then, and what to answer
     */
    public static PutOutcome put(@Nullable Stored before, Candle incoming) {
        return put(before, incoming, Precedence.of(incoming));
    }

    /**
     * Puts a candle that a person released from quarantine, which makes it final.
     * @param before what is stored in its bucket, or null
     * @param incoming a candle, whose own revision does not matter
     * @return what is stored then, and what to answer
     */
    public static PutOutcome release(@Nullable Stored before, Candle incoming) {
        return put(before, incoming.completed(), Precedence.RELEASED);
    }

    private static PutOutcome put(@Nullable Stored before, Candle incoming, int rank) {
        if (before == null) {
            Candle first = incoming.withRevision(incoming.complete() ? 1 : 0);
            return new PutOutcome.Inserted(new Stored(first, rank));
        }
        before.checkSameBucket(incoming);
        boolean same = before.candle.sameValues(incoming);
        if (before.yieldsTo(rank, same)) {
            return new PutOutcome.Updated(new Stored(incoming.withRevision(before.next(incoming, same)), rank));
        }
        return new PutOutcome.Duplicate(before, !same && before.candle.complete() && incoming.complete());
    }

    private boolean yieldsTo(int incoming, boolean same) {
        return incoming > this.rank || (incoming == this.rank && incoming != Precedence.GIVEN_FINAL && !same);
    }

    private int next(Candle incoming, boolean same) {
        if (!incoming.complete()) {
            return 0;
        }
        // A forming one has revision 0, so the first final is 1 whatever its values.
        return (same && this.candle.complete()) ? this.candle.revision() : this.candle.revision() + 1;
    }

    private void checkSameBucket(Candle incoming) {
        if (!this.candle.instrument().equals(incoming.instrument()) || this.candle.timeframe() != incoming.timeframe()
                || this.candle.openTime() != incoming.openTime()) {
            throw new IllegalArgumentException("%s does not belong where %s is".formatted(incoming, this.candle));
        }
    }

}
