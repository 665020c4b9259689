package pregao.contracts.candle;

/**
 * Where a candle comes from.
 */
public enum CandleSource {

    /** Sent by a terminal or a broker. */
    GIVEN("given", CandleSourceMessage.CANDLE_SOURCE_GIVEN),
    /** Folded from ticks. */
    TICKS("ticks", CandleSourceMessage.CANDLE_SOURCE_TICKS),
    /** Folded from M1 candles. */
    ROLLUP("rollup", CandleSourceMessage.CANDLE_SOURCE_ROLLUP);

    private final String text;

    private final CandleSourceMessage message;

    CandleSource(String text, CandleSourceMessage message) {
        this.text = text;
        this.message = message;
    }

    /**
     * The form in the database and in answers.
     * @return such as {@code given}
     */
    public String text() {
        return this.text;
    }

    /**
     * The form on the wire.
     * @return the message's value
     */
    public CandleSourceMessage message() {
        return this.message;
    }

    /**
     * The source of a text.
     * @param text as {@link #text()} gives it
     * @return the source
     * @throws IllegalArgumentException for any other text
     */
    public static CandleSource of(String text) {
        for (CandleSource source : values()) {
            if (source.text.equals(text)) {
                return source;
            }
        }
        throw new IllegalArgumentException("no candle source '%s'".formatted(text));
    }

    /**
     * The source of a message.
     * @param message the message's value
     * @return the source
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static CandleSource of(CandleSourceMessage message) {
        return switch (message) {
            case CANDLE_SOURCE_GIVEN -> GIVEN;
            case CANDLE_SOURCE_TICKS -> TICKS;
            case CANDLE_SOURCE_ROLLUP -> ROLLUP;
            case CANDLE_SOURCE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("unknown candle source");
        };
    }

}
