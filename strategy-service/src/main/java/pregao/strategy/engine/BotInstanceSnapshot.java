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
 * All that another replica needs to go on with a desk.
 *
 * @param lastMinute the last minute that was seen, epoch milliseconds
 * @param trader of spot
 * @param order that is wanted or awaited, or null
 * @param risk of what is held
 * @param option of options; null for spot
 * @param strike of the option that runs on paper, units of 1e-8; 0 where none does
 * @param dust what is held and is too little to be sold by itself, or null
 * @param resting what lies at the exchange for what is held, or null
 */
public record BotInstanceSnapshot(long lastMinute, SpotStrategyRunner.Snapshot trader, @Nullable UUID order,
        BigDecimal risk, @Nullable OptionTraderSnapshot option, long strike, @Nullable Position dust,
        @Nullable RestingExit resting) {

    /** Nothing seen, nothing held. */
    public static final BotInstanceSnapshot NEW = new BotInstanceSnapshot(Long.MIN_VALUE,
            SpotStrategyRunner.Snapshot.NEW, null, BigDecimal.ZERO, null, 0, null, null);

    /**
     * Whether a minute was taken.
     * @return false where the first is still to come
     */
    public boolean hasStarted() {
        return this.lastMinute != NEW.lastMinute;
    }

    /**
     * A desk for options that has looked at some minutes and done nothing.
     * @param minutes that it may still look at, in order of time
     * @return nothing bought
     */
    public static BotInstanceSnapshot of(List<OptionTraderSnapshot.Minute> minutes) {
        return new BotInstanceSnapshot(Long.MIN_VALUE, SpotStrategyRunner.Snapshot.NEW, null, BigDecimal.ZERO,
                new OptionTraderSnapshot(minutes, Long.MIN_VALUE, null), 0, null, null);
    }

}
