package pregao.contracts;

/**
 * The counts since 1970 that are taken for a time: those of the years 2000 to 2099, in
 * seconds or in milliseconds. Everything that reads a time as a number uses these bounds.
 */
public final class Epoch {

    /** 2000-01-01T00:00:00Z in milliseconds, the first that is taken. */
    public static final long FIRST_MILLIS = 946_684_800_000L;

    /** 2100-01-01T00:00:00Z in milliseconds, the first that is not taken. */
    public static final long END_MILLIS = 4_102_444_800_000L;

    private static final long A_SECOND = 1000;

    private Epoch() {
    }

    /**
     * Whether a number counts seconds.
     * @param number any number
     * @return true if it is a second of the years 2000 to 2099
     */
    public static boolean isSeconds(long number) {
        return number >= FIRST_MILLIS / A_SECOND && number < END_MILLIS / A_SECOND;
    }

    /**
     * Whether a number counts milliseconds.
     * @param number any number
     * @return true if it is a millisecond of the years 2000 to 2099
     */
    public static boolean isMillis(long number) {
        return number >= FIRST_MILLIS && number < END_MILLIS;
    }

}
