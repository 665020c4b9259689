package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;

import pregao.session.broker.api.BrokerCandle;

/**
 * Collects the closed candles of a time in pages, oldest first.
 */
final class KlinePager {

    static final int MAX_COUNT = 1000;

    private final List<BrokerCandle> found = new ArrayList<>();

    private final int seconds;

    private final long end;

    private long next;

    /**
     * Nothing is found yet.
     * @param seconds of a candle
     * @param from epoch seconds, inclusive
     * @param to epoch seconds, exclusive
     */
    KlinePager(int seconds, long from, long to) {
        this.seconds = seconds;
        this.next = Math.ceilDiv(from, seconds) * seconds;
        this.end = to;
    }

    boolean isComplete() {
        return this.next >= this.end;
    }

    /**
     * What to ask next.
     * @param question without a time
     * @return with the time of one page
     */
    RestRequest asked(RestRequest question) {
        return question.with("startTime", this.next * 1000)
            .with("endTime", this.end * 1000 - 1)
            .with("limit", MAX_COUNT);
    }

    /**
     * Takes an answer.
     * @param candles oldest first
     * @param now the broker's time, epoch milliseconds
     */
    void take(List<BrokerCandle> candles, long now) {
        long before = this.next;
        for (BrokerCandle candle : candles) {
            if (candle.from() >= this.next && candle.from() < this.end && candle.to() * 1000 <= now) {
                this.found.add(candle);
                this.next = candle.to();
            }
        }
        if (candles.size() < MAX_COUNT || this.next == before) {
            this.next = this.end;
        }
    }

    List<BrokerCandle> all() {
        return List.copyOf(this.found);
    }

    int seconds() {
        return this.seconds;
    }

}
