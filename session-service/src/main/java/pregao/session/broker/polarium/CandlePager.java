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
 * Pager that collects the final candles of a time range: first in pages, backwards, then
 * the missing candles between two ids.
 */
final class CandlePager {

    private static final int MAX_PAGE_SIZE = 1000;

    private final Map<Long, BrokerCandle> candlesById = new TreeMap<>();

    private final Set<Long> requestedGaps = new HashSet<>();

    private final int activeId;

    private final int seconds;

    private final long fromSeconds;

    private long toSeconds;

    private boolean pagingDone;

    private boolean fillingGaps;

    /**
     * Creates a pager without candles.
     * @param activeId the active id of the instrument
     * @param seconds the length of a candle in seconds
     * @param fromSeconds the start of the range in epoch seconds, inclusive
     * @param toSeconds the end of the range in epoch seconds, exclusive
     */
    CandlePager(int activeId, int seconds, long fromSeconds, long toSeconds) {
        this.activeId = activeId;
        this.seconds = seconds;
        this.fromSeconds = Math.ceilDiv(fromSeconds, seconds) * seconds;
        this.toSeconds = toSeconds - 1;
        this.pagingDone = this.toSeconds < this.fromSeconds;
    }

    /**
     * Creates the body of the next request.
     * @return the body, or an empty object if the range is complete
     */
    ObjectNode createNextBody() {
        ObjectNode body = JsonTrees.createObject().put("active_id", this.activeId).put("size", this.seconds);
        if (!this.pagingDone) {
            long remaining = Math.floorDiv(this.toSeconds, this.seconds) - this.fromSeconds / this.seconds + 1;
            return body.put("to", this.toSeconds)
                .put("count", (int) Math.min(MAX_PAGE_SIZE, remaining))
                .put("only_closed", true);
        }
        long previousId = -1;
        for (BrokerCandle candle : this.candlesById.values()) {
            if (previousId >= 0 && candle.id() > previousId + 1 && this.requestedGaps.add(previousId)) {
                this.fillingGaps = true;
                return body.put("from_id", previousId + 1)
                    .put("to_id", Math.min(candle.id() - 1, previousId + MAX_PAGE_SIZE))
                    .put("only_closed", true);
            }
            previousId = candle.id();
        }
        return JsonTrees.createObject();
    }

    /**
     * Adds a page.
     * @param page the candles of the response, oldest first
     * @param nowSeconds the server time in epoch seconds; candles that end later aren't
     * final
     */
    void addPage(List<BrokerCandle> page, long nowSeconds) {
        long oldest = Long.MAX_VALUE;
        for (BrokerCandle candle : page) {
            oldest = Math.min(oldest, candle.from());
            if (candle.from() >= this.fromSeconds && candle.seconds() == this.seconds && candle.to() <= nowSeconds) {
                this.candlesById.put(candle.id(), candle);
            }
        }
        if (!this.fillingGaps) {
            this.pagingDone = oldest > this.toSeconds || oldest <= this.fromSeconds;
            this.toSeconds = oldest - 1;
        }
    }

    List<BrokerCandle> candles() {
        return new ArrayList<>(this.candlesById.values());
    }

}
