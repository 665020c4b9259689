package pregao.simulator.polarium;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The candles of every asset and size, computed from the prices when asked for, with ids
 * that follow each other.
 */
final class Candles {

    static final int MAX_COUNT = 1000;

    static final Set<Integer> SIZES = Set.of(1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800,
            43_200, 86_400, 604_800, 2_592_000);

    /** Before this there is no history. */
    private static final long OLDEST = 1_600_041_600;

    /** Of longer candles only the price at each minute's start is looked at. */
    private static final int EVERY_SECOND_UP_TO = 3600;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final List<CandleGap> holes = new ArrayList<>();

    private final Market market;

    private final SimulatorClock clock;

    Candles(Market market, SimulatorClock clock) {
        this.market = market;
        this.clock = clock;
    }

    /**
     * Hides candles from whoever asks by time; who asks by id gets them.
     * @param asset of what
     * @param from the first open time, epoch seconds
     * @param to the first open time that is not hidden
     */
    void hide(Asset asset, long from, long to) {
        this.holes.add(new CandleGap(asset.id(), from, to));
    }

    /**
     * The candles up to a moment.
     * @param asset of what
     * @param size seconds
     * @param to in the latest, epoch seconds
     * @param count at most so many, the latest
     * @param onlyClosed whether the forming one is left out
     * @return oldest first
     */
    List<ObjectNode> until(Asset asset, int size, long to, int count, boolean onlyClosed) {
        Deque<ObjectNode> found = new ArrayDeque<>();
        long now = this.clock.millis();
        long open = Math.floorDiv(Math.min(to, Math.floorDiv(now, 1000)), size) * size;
        for (; found.size() < count && open >= OLDEST; open -= size) {
            boolean forming = (open + size) * 1000 > now;
            if (exists(asset, size, open) && !hidden(asset, open) && !(forming && onlyClosed)) {
                found.addFirst(candle(asset, size, open, now, !onlyClosed));
            }
        }
        return List.copyOf(found);
    }

    /**
     * The candles from a moment on.
     * @param asset of what
     * @param size seconds
     * @param from the earliest open time, epoch seconds
     * @param to in the latest, epoch seconds
     * @param count at most so many, the first
     * @param onlyClosed whether the forming one is left out
     * @return oldest first
     */
    List<ObjectNode> since(Asset asset, int size, long from, long to, int count, boolean onlyClosed) {
        List<ObjectNode> found = new ArrayList<>();
        long now = this.clock.millis();
        long end = Math.min(to, Math.floorDiv(now, 1000));
        for (long open = Math.ceilDiv(Math.max(from, OLDEST), size) * size; open <= end
                && found.size() < count; open += size) {
            boolean forming = (open + size) * 1000 > now;
            if (exists(asset, size, open) && !hidden(asset, open) && !(forming && onlyClosed)) {
                found.add(candle(asset, size, open, now, !onlyClosed));
            }
        }
        return found;
    }

    /**
     * The candles of a range of ids.
     * @param asset of what
     * @param size seconds
     * @param fromId the first
     * @param toId the last
     * @return oldest first
     */
    List<ObjectNode> between(Asset asset, int size, long fromId, long toId) {
        List<ObjectNode> found = new ArrayList<>();
        long now = this.clock.millis();
        long open = Math.max(OLDEST, (fromId + OLDEST / size) * size);
        for (; found.size() < MAX_COUNT && open * 1000 <= now; open += size) {
            long id = id(asset, size, open);
            if (id > toId) {
                break;
            }
            if (id >= fromId && exists(asset, size, open)) {
                found.add(candle(asset, size, open, now, true));
            }
        }
        return found;
    }

    /**
     * The candle of a size that holds this moment.
     * @param asset of what
     * @param size seconds
     * @return null while the market is closed
     */
    @Nullable ObjectNode forming(Asset asset, int size) {
        long now = this.clock.millis();
        long open = Math.floorDiv(now, size * 1000L) * size;
        return exists(asset, size, open) ? candle(asset, size, open, now, true) : null;
    }

    ObjectNode oldest(Asset asset, int size) {
        return candle(asset, size, Math.ceilDiv(OLDEST, size) * size, this.clock.millis(), false);
    }

    private boolean exists(Asset asset, int size, long open) {
        return !this.market.isPaused(asset, open, open + size);
    }

    private boolean hidden(Asset asset, long open) {
        for (CandleGap hole : this.holes) {
            if (hole.asset() == asset.id() && open >= hole.from() && open < hole.to()) {
                return true;
            }
        }
        return false;
    }

    private long id(Asset asset, int size, long open) {
        return open / size - OLDEST / size - this.market.pausedCandles(asset, size, open);
    }

    private ObjectNode candle(Asset asset, int size, long open, long nowMillis, boolean at) {
        long end = Math.min(open + size, Math.floorDiv(nowMillis, 1000) + 1);
        int step = (size <= EVERY_SECOND_UP_TO) ? 1 : 60;
        long first = this.market.price(asset, open);
        long last = first;
        long min = first;
        long max = first;
        int moves = 0;
        for (long second = open + step; second < end; second += step) {
            long price = this.market.price(asset, second);
            moves += (price == last) ? 0 : 1;
            last = price;
            min = Math.min(min, last);
            max = Math.max(max, last);
        }
        ObjectNode candle = Json.object().put("id", id(asset, size, open)).put("from", open).put("to", open + size);
        if (at) {
            candle.put("at", Math.min(nowMillis, (open + size) * 1000) * NANOS_A_MILLI);
        }
        return candle.put("open", asset.decimal(first))
            .put("close", asset.decimal(last))
            .put("min", asset.decimal(min))
            .put("max", asset.decimal(max))
            .put("volume", moves);
    }

    private record CandleGap(int asset, long from, long to) {

    }

}
