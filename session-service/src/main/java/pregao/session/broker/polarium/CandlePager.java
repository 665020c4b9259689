package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BrokerCandle;

/**
 * Collects the closed candles of a time: first in pages, backwards, then what is missing
 * between two ids.
 */
final class CandlePager {

    private static final int MAX_COUNT = 1000;

    private final Map<Long, BrokerCandle> found = new TreeMap<>();

    private final Set<Long> asked = new HashSet<>();

    private final int active;

    private final int seconds;

    private final long from;

    private long to;

    private boolean paged;

    private boolean filling;

    /**
     * Nothing is found yet.
     * @param active of what
     * @param seconds of a candle
     * @param from epoch seconds, inclusive
     * @param to epoch seconds, exclusive
     */
    CandlePager(int active, int seconds, long from, long to) {
        this.active = active;
        this.seconds = seconds;
        this.from = Math.ceilDiv(from, seconds) * seconds;
        this.to = to - 1;
        this.paged = this.to < this.from;
    }

    /**
     * What to ask next.
     * @return the body of a request, or an empty one where all is there
     */
    ObjectNode next() {
        ObjectNode body = JsonTrees.object().put("active_id", this.active).put("size", this.seconds);
        if (!this.paged) {
            long left = Math.floorDiv(this.to, this.seconds) - this.from / this.seconds + 1;
            return body.put("to", this.to).put("count", (int) Math.min(MAX_COUNT, left)).put("only_closed", true);
        }
        long before = -1;
        for (BrokerCandle candle : this.found.values()) {
            if (before >= 0 && candle.id() > before + 1 && this.asked.add(before)) {
                this.filling = true;
                return body.put("from_id", before + 1)
                    .put("to_id", Math.min(candle.id() - 1, before + MAX_COUNT))
                    .put("only_closed", true);
            }
            before = candle.id();
        }
        return JsonTrees.object();
    }

    /**
     * Takes an answer.
     * @param candles oldest first
     * @param now the broker's time, epoch seconds
     */
    void take(List<BrokerCandle> candles, long now) {
        long oldest = Long.MAX_VALUE;
        for (BrokerCandle candle : candles) {
            oldest = Math.min(oldest, candle.from());
            if (candle.from() >= this.from && candle.seconds() == this.seconds && candle.to() <= now) {
                this.found.put(candle.id(), candle);
            }
        }
        if (!this.filling) {
            this.paged = oldest > this.to || oldest <= this.from;
            this.to = oldest - 1;
        }
    }

    List<BrokerCandle> all() {
        return new ArrayList<>(this.found.values());
    }

}
