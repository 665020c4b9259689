package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;

import pregao.session.broker.api.BrokerCandle;

/**
 * Pager that collects the final candles of a time range in pages, oldest first.
 */
final class KlinePager {

    static final int MAX_PAGE_SIZE = 1000;

    private final List<BrokerCandle> candles = new ArrayList<>();

    private final int seconds;

    private final long endSeconds;

    private long nextSeconds;

    /**
     * Creates a pager without candles.
     * @param seconds the length of a candle in seconds
     * @param fromSeconds the start of the range in epoch seconds, inclusive
     * @param toSeconds the end of the range in epoch seconds, exclusive
     */
    KlinePager(int seconds, long fromSeconds, long toSeconds) {
        this.seconds = seconds;
        this.nextSeconds = Math.ceilDiv(fromSeconds, seconds) * seconds;
        this.endSeconds = toSeconds;
    }

    boolean isComplete() {
        return this.nextSeconds >= this.endSeconds;
    }

    /**
     * Creates the request for the next page.
     * @param baseRequest a request without a time range
     * @return the request with the time range and the limit of the page
     */
    RestRequest createPageRequest(RestRequest baseRequest) {
        return baseRequest.with("startTime", this.nextSeconds * 1000)
            .with("endTime", this.endSeconds * 1000 - 1)
            .with("limit", MAX_PAGE_SIZE);
    }

    /**
     * Adds a page. A page that is short or has no new candle completes the range.
     * @param page the candles of the response, oldest first
     * @param nowMillis the server time in epoch milliseconds; candles that end later
     * aren't final
     */
    void addPage(List<BrokerCandle> page, long nowMillis) {
        long previousNext = this.nextSeconds;
        for (BrokerCandle candle : page) {
            if (candle.from() >= this.nextSeconds && candle.from() < this.endSeconds
                    && candle.to() * 1000 <= nowMillis) {
                this.candles.add(candle);
                this.nextSeconds = candle.to();
            }
        }
        if (page.size() < MAX_PAGE_SIZE || this.nextSeconds == previousNext) {
            this.nextSeconds = this.endSeconds;
        }
    }

    List<BrokerCandle> candles() {
        return List.copyOf(this.candles);
    }

    int seconds() {
        return this.seconds;
    }

}
