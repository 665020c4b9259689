package pregao.contracts.key;

import java.util.Locale;

/**
 * What an API key may do.
 */
public enum Scope {

    /** Send candles and ticks to its feed. */
    INGEST(ScopeMessage.SCOPE_INGEST),
    /** Read, and change nothing. */
    READ(ScopeMessage.SCOPE_READ),
    /** Make analyses, patterns, strategies and backtests, and read them. */
    RESEARCH(ScopeMessage.SCOPE_RESEARCH),
    /** Run bots, place orders, and read what they did. */
    TRADE(ScopeMessage.SCOPE_TRADE);

    private final ScopeMessage message;

    Scope(ScopeMessage message) {
        this.message = message;
    }

    /**
     * The form in answers and tokens.
     * @return such as {@code ingest}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The form on the wire.
     * @return the message's value
     */
    public ScopeMessage message() {
        return this.message;
    }

    /**
     * The scope of a message.
     * @param message the message's value
     * @return the scope
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static Scope of(ScopeMessage message) {
        return switch (message) {
            case SCOPE_INGEST -> INGEST;
            case SCOPE_READ -> READ;
            case SCOPE_RESEARCH -> RESEARCH;
            case SCOPE_TRADE -> TRADE;
            case SCOPE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("unknown scope");
        };
    }

}
