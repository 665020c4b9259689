package pregao.simulator.polarium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which assets there are, what they cost and pay, and when they are closed.
 */
final class Market {

    private final Map<Integer, Asset> assets = new LinkedHashMap<>();

    private final Map<Integer, Integer> commissions = new HashMap<>();

    private final Set<Integer> suspended = new HashSet<>();

    private final List<Pause> pauses = new ArrayList<>();

    private final PriceGenerator prices;

    private final SimulatorClock clock;

    Market(PriceGenerator prices, SimulatorClock clock) {
        this.prices = prices;
        this.clock = clock;
        for (Asset asset : Asset.ALL) {
            this.assets.put(asset.id(), asset);
            this.commissions.put(asset.id(), asset.commission());
        }
    }

    List<Asset> assets() {
        return List.copyOf(this.assets.values());
    }

    @Nullable Asset asset(int id) {
        return this.assets.get(id);
    }

    long price(Asset asset, long second) {
        return this.prices.at(asset, second);
    }

    long price(Asset asset) {
        return price(asset, this.clock.seconds());
    }

    int commission(Asset asset) {
        return this.commissions.getOrDefault(asset.id(), asset.commission());
    }

    void commission(Asset asset, int commission) {
        this.commissions.put(asset.id(), commission);
    }

    boolean suspended(Asset asset) {
        return this.suspended.contains(asset.id()) || isPaused(asset, this.clock.seconds(), this.clock.seconds() + 1);
    }

    void suspend(Asset asset, boolean really) {
        if (really) {
            this.suspended.add(asset.id());
        }
        else {
            this.suspended.remove(asset.id());
        }
    }

    /**
     * Lets the market of an asset be closed for a while.
     * @param asset which
     * @param from epoch seconds, inclusive
     * @param to epoch seconds, exclusive
     */
    void pause(Asset asset, long from, long to) {
        this.pauses.add(new Pause(asset.id(), from, to));
    }

    boolean isPaused(Asset asset, long from, long to) {
        for (Pause pause : this.pauses) {
            if (pause.asset() == asset.id() && pause.from() <= from && pause.to() >= to) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many candles before a moment do not exist, as the market was closed.
     * @param asset of what
     * @param size of a candle, seconds
     * @param before epoch seconds
     * @return 0 or more
     */
    long pausedCandles(Asset asset, int size, long before) {
        long count = 0;
        for (Pause pause : this.pauses) {
            if (pause.asset() == asset.id()) {
                long first = Math.ceilDiv(pause.from(), size);
                long end = Math.floorDiv(Math.min(pause.to(), before), size);
                count += Math.max(0, end - first);
            }
        }
        return count;
    }

    private record Pause(int asset, long from, long to) {

    }

}
