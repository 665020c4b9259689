package pregao.market.candle;

/**
 * What came of putting a candle.
 */
public sealed interface PutOutcome {

    /**
     * What is stored in the bucket now.
     * @return the candle with its rank and revision
     */
    Stored after();

    /**
     * The bucket was empty.
     *
     * @param after what is stored now
     */
    record Inserted(Stored after) implements PutOutcome {
    }

    /**
     * Something of less rank, or an older state of the same, was replaced.
     *
     * @param after what is stored now
     */
    record Updated(Stored after) implements PutOutcome {
    }

    /**
     * Nothing changed.
     *
     * @param after what was stored and still is
     * @param conflict whether both are final and say different things
     */
    record Duplicate(Stored after, boolean conflict) implements PutOutcome {
    }

}
