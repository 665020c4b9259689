package pregao.market.candle;

import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;

/**
 * Which of two candles of one bucket stands: the one of the higher rank.
 */
public final class Precedence {

    /** Released from quarantine by a person, final: a later release replaces it. */
    public static final int RELEASED = 5;

    /** Given, final: not changed by a second one of its rank. */
    public static final int GIVEN_FINAL = 4;

    /** Built from ticks or minutes, final. */
    public static final int BUILT_FINAL = 3;

    /** Given, forming. */
    public static final int GIVEN_FORMING = 2;

    /** Built, forming. */
    public static final int BUILT_FORMING = 1;

    private Precedence() {
    }

    /**
     * The rank of a candle as it comes in, not released by anybody.
     * @param candle a candle
     * @return from {@link #BUILT_FORMING} to {@link #GIVEN_FINAL}
     */
    public static int of(Candle candle) {
        if (candle.source() == CandleSource.GIVEN) {
            return candle.complete() ? GIVEN_FINAL : GIVEN_FORMING;
        }
        return candle.complete() ? BUILT_FINAL : BUILT_FORMING;
    }

}
