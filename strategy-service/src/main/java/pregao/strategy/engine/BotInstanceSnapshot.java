package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.market.option.OptionTraderSnapshot;
import pregao.market.spot.Position;
import pregao.market.spot.RestingExit;
import pregao.market.spot.SpotStrategyRunner;

/**
 * The state that another replica needs to continue a bot instance.
 *
 * @param lastMinute the open time of the last processed minute, in epoch milliseconds
 * @param trader the state of the spot strategy
 * @param order the id of the unfinished order, or null
 * @param risk the amount that is booked as at risk
 * @param option the state of the option strategy; null for spot
 * @param strike the strike of the running paper option, in units of 1e-8; 0 if there is
 * none
 * @param dust the position that is too small to be sold by itself, or null
 * @param resting the exit order that rests at the exchange, or null
 */
public record BotInstanceSnapshot(long lastMinute, SpotStrategyRunner.Snapshot trader, @Nullable UUID order,
        BigDecimal risk, @Nullable OptionTraderSnapshot option, long strike, @Nullable Position dust,
        @Nullable RestingExit resting) {

    /** The state of a new instance. */
    public static final BotInstanceSnapshot NEW = new BotInstanceSnapshot(Long.MIN_VALUE,
            SpotStrategyRunner.Snapshot.NEW, null, BigDecimal.ZERO, null, 0, null, null);

    /**
     * Returns whether the instance has processed a minute.
     * @return false if the first minute is still to come
     */
    public boolean hasStarted() {
        return this.lastMinute != NEW.lastMinute;
    }

    /**
     * Creates the state of an option instance that has seen some minutes and has bought
     * nothing.
     * @param minutes the minutes that are still relevant to the pattern, in order of time
     * @return the state
     */
    public static BotInstanceSnapshot of(List<OptionTraderSnapshot.Minute> minutes) {
        return new BotInstanceSnapshot(Long.MIN_VALUE, SpotStrategyRunner.Snapshot.NEW, null, BigDecimal.ZERO,
                new OptionTraderSnapshot(minutes, Long.MIN_VALUE, null), 0, null, null);
    }

}
