package pregao.simulator.binance;

/**
 * A request that is not answered.
 */
@SuppressWarnings("serial")
final class NoResponseException extends RuntimeException {

    private final Kind kind;

    NoResponseException(Kind kind) {
        super("no answer", null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return this.kind;
    }

    /**
     * What happens to the connection.
     */
    enum Kind {

        /** It stays open for ever. */
        STAY,
        /** It is closed. */
        HANG_UP,
        /** It is reset, as by a machine that has lost it. */
        RESET

    }

}
