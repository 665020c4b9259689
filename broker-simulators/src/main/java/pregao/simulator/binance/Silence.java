package pregao.simulator.binance;

/**
 * A request that is not answered.
 */
@SuppressWarnings("serial")
final class Silence extends RuntimeException {

    private final boolean hangingUp;

    Silence(boolean hangingUp) {
        super("no answer", null, false, false);
        this.hangingUp = hangingUp;
    }

    /**
     * Whether the connection is closed.
     * @return false where it stays open for ever
     */
    boolean isHangingUp() {
        return this.hangingUp;
    }

}
