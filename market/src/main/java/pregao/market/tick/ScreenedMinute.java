package pregao.market.tick;

import org.jspecify.annotations.Nullable;

/**
 * A minute as the rule for outliers sees it.
 */
public interface ScreenedMinute {

    /**
     * The accepted ticks.
     * @return those that make the candle
     */
    MinuteTickBuffer ticks();

    /**
     * The ticks that the rule holds.
     * @return the ticks, or null if it never held any
     */
    @Nullable MinuteTickBuffer held();

}
