package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;

import pregao.session.broker.api.BrokerCandle;

/**
 * Collects the closed candles of a time in pages, oldest first.
 */
final class KlinePager {

    static final int MAX_PAGE_SIZE = 1000;

    private final List<BrokerCandle> candles = new ArrayList<>();

    private final int seconds;

    private final long endSeconds;

    private long nextSeconds;

    /**
     * Nothing is found yet.
     * @param seconds of a candle
     * @param fromSeconds epoch seconds, inclusive
     * @param toSeconds epoch seconds, exclusive
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
     * What to ask next.
     * @param baseRequest without a time
     * @return with the time of one page
     */
    RestRequest createPageRequest(RestRequest baseRequest) {
        return baseRequest.with("startTime", this.nextSeconds * 1000)
            .with("endTime", this.endSeconds * 1000 - 1)
            .with("limit", MAX_PAGE_SIZE);
    }

    /**
     * Takes an answer.
     * @param page oldest first
     * @param nowMillis the broker's time, epoch milliseconds
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
