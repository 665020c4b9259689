package pregao.devcluster.marketgenerator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import pregao.contracts.Timeframe;
import pregao.devcluster.replay.IngestClient;
import pregao.devcluster.replay.IngestEndpoint;
import pregao.devcluster.replay.IngestResponse;
import pregao.devcluster.replay.PostRefusedException;

/**
 * Trades a random market through the HTTP API, at the pace of the clock.
 */
final class MarketGenerator {

    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);

    private static final int CANDLES_A_REQUEST = 900;

    private static final long MILLIS_A_LINE = 1000;

    private static final long MINUTE = Timeframe.M1.millis();

    private final RandomMarket market;

    private final IngestClient sender;

    private final InstantSource clock;

    private final Consumer<String> lines;

    private final Map<String, SimulatedTick> latest = new TreeMap<>();

    private long sent;

    private IngestResponse answer = IngestResponse.NONE;

    MarketGenerator(RandomMarket market, IngestClient sender, InstantSource clock, Consumer<String> lines) {
        this.market = market;
        this.sender = sender;
        this.clock = clock;
        this.lines = lines;
    }

    /**
     * Posts candles of the minutes before the quotes begin, those too that pass while it
     * posts.
     * @param from open time of the first minute, epoch milliseconds
     * @param stored the newest minute of a symbol that is not to be posted again
     * @param start when quotes would begin if they began now, epoch milliseconds
     * @return when they begin
     * @throws PostRefusedException where the service refuses a request
     * @throws InterruptedException where the thread is to stop
     */
    long backfill(long from, Map<String, Long> stored, LongSupplier start)
            throws PostRefusedException, InterruptedException {
        IngestResponse ingestResponse = IngestResponse.NONE;
        long minute = from;
        long begin = start.getAsLong();
        while (minute < Timeframe.M1.bucketStart(begin)) {
            List<String> batch = new ArrayList<>();
            for (; minute < Timeframe.M1.bucketStart(begin) && batch.size() < CANDLES_A_REQUEST; minute += MINUTE) {
                this.market.minute(minute)
                    .stream()
                    .filter((candle) -> candle.openTime() > stored.getOrDefault(candle.symbol().name(), Long.MIN_VALUE))
                    .forEach((candle) -> batch.add(candle.json()));
            }
            ingestResponse = batch.isEmpty() ? ingestResponse
                    : ingestResponse.plus(this.sender.post(IngestEndpoint.CANDLES, batch));
            begin = start.getAsLong();
        }
        if (ingestResponse.received() > 0) {
            this.lines.accept(String.format(Locale.ROOT,
                    "history: %,d candles, inserted %,d  updated %,d  duplicates %,d  rejected %,d",
                    ingestResponse.received(), ingestResponse.inserted(), ingestResponse.updated(),
                    ingestResponse.duplicates(), ingestResponse.rejected()));
        }
        this.market.beginAt(begin);
        return begin;
    }

    /**
     * Posts quotes until the end.
     * @param start of the market, epoch milliseconds
     * @param speed times as fast as the clock
     * @param end of the market, epoch milliseconds
     * @throws PostRefusedException where the service refuses a request
     * @throws InterruptedException where the thread is to stop
     */
    void run(long start, double speed, long end) throws PostRefusedException, InterruptedException {
        long began = this.clock.millis();
        long line = began;
        long sentAtLine = 0;
        SimulatedTick next = this.market.next();
        while (next.time() < end) {
            long now = this.clock.millis();
            long marketNow = start + (long) ((now - began) * speed);
            List<SimulatedTick> due = new ArrayList<>();
            while (next.time() <= marketNow && next.time() < end && due.size() < IngestEndpoint.MOST_ITEMS) {
                due.add(next);
                next = this.market.next();
            }
            post(due);
            if (now - line >= MILLIS_A_LINE) {
                this.lines.accept(status(now, (this.sent - sentAtLine) * MILLIS_A_LINE / (now - line)));
                line = now;
                sentAtLine = this.sent;
            }
            if (due.size() < IngestEndpoint.MOST_ITEMS && next.time() < end) {
                Thread.sleep(BETWEEN_REQUESTS);
            }
        }
        this.lines
            .accept(String.format(Locale.ROOT, "done: %,d ticks, %,d rejected", this.sent, this.answer.rejected()));
    }

    private void post(List<SimulatedTick> due) throws PostRefusedException, InterruptedException {
        if (due.isEmpty()) {
            return;
        }
        this.answer = this.answer
            .plus(this.sender.post(IngestEndpoint.TICKS, due.stream().map(SimulatedTick::json).toList()));
        this.sent += due.size();
        due.forEach((tick) -> this.latest.put(tick.symbol().name(), tick));
    }

    private String status(long now, long perSecond) {
        StringBuilder line = new StringBuilder(120);
        line.append(Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.SECONDS))
            .append(String.format(Locale.ROOT, "  %,d ticks  %,d/s  %,d rejected ", this.sent, perSecond,
                    this.answer.rejected()));
        this.latest.values()
            .stream()
            .limit(4)
            .forEach((tick) -> line.append(' ')
                .append(tick.symbol().name())
                .append(' ')
                .append(tick.symbol().decimal(tick.bid()).toPlainString()));
        return line.toString();
    }

}
