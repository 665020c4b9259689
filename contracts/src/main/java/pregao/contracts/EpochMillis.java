package pregao.contracts;

/**
 * The moments that every part of the system can hold, in epoch milliseconds: those of the
 * years 1 to 9999.
 */
public final class EpochMillis {

    /** 0001-01-01T00:00:00Z. */
    public static final long FIRST = -62_135_596_800_000L;

    /** 9999-12-31T23:59:59.999Z. */
    public static final long LAST = 253_402_300_799_999L;

    private EpochMillis() {
    }

    /**
     * Checks a moment.
     * @param epochMillis any number
     * @return the same number
     * @throws IllegalArgumentException where it is no moment of these years
     */
    public static long checked(long epochMillis) {
        if (epochMillis < FIRST || epochMillis > LAST) {
            throw new IllegalArgumentException("a time is from year 1 to 9999, not epoch millisecond " + epochMillis);
        }
        return epochMillis;
    }

}
