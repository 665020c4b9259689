package pregao.system;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import pregao.system.driver.Answer;
import pregao.system.driver.Trader;

/**
 * A terminal that sends a tick of each symbol several times a second, one request after
 * the other, each until it is acknowledged.
 */
final class LiveTicks implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(200);

    private static final int LAST_SECOND = 57;

    private static final Duration RETRY = Duration.ofMillis(50);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ScheduledExecutorService timer = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("live-ticks").factory());

    private final SortedMap<Instant, Minute> minutes = new ConcurrentSkipListMap<>();

    private final InstantSource clock = InstantSource.system();

    private final Trader trader;

    private final List<String> symbols;

    private int sent;

    LiveTicks(Trader trader, List<String> symbols) {
        this.trader = trader;
        this.symbols = List.copyOf(symbols);
        var _ = this.timer.scheduleWithFixedDelay(this::send, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Sends nothing in the last seconds of a minute, so that a busy machine can
     * acknowledge all of it before its end.
     */
    private void send() {
        Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (now.atZone(ZoneOffset.UTC).getSecond() >= LAST_SECOND) {
            return;
        }
        List<String> ticks = new ArrayList<>();
        this.sent++;
        for (String symbol : this.symbols) {
            ticks.add(Quotes.tick(symbol, now, "1." + (10_000 + this.sent % 1_000)));
        }
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!isAcknowledged(ticks) && System.nanoTime() < end) {
            LockSupport.parkNanos(RETRY.toNanos());
        }
        Instant acknowledged = this.clock.instant();
        this.minutes.merge(now.truncatedTo(ChronoUnit.MINUTES), new Minute(1, acknowledged), Minute::plus);
    }

    private boolean isAcknowledged(List<String> ticks) {
        try {
            Answer answer = this.trader.ticks(ticks);
            return answer.status() == 200 && answer.count("received") == ticks.size();
        }
        catch (UncheckedIOException ex) {
            return false;
        }
    }

    /**
     * Minutes that are over and whose ticks were all acknowledged before their end.
     * @return the number of ticks of each symbol, by minute
     */
    SortedMap<Instant, Integer> punctual() {
        SortedMap<Instant, Integer> punctual = new ConcurrentSkipListMap<>();
        Instant now = this.clock.instant();
        this.minutes.forEach((minute, sent) -> {
            Instant end = minute.plus(1, ChronoUnit.MINUTES);
            if (now.isAfter(end.plusSeconds(1)) && sent.acknowledged().isBefore(end)) {
                punctual.put(minute, sent.ticks());
            }
        });
        return punctual;
    }

    /**
     * Ends when what is under way is acknowledged.
     */
    @Override
    public void close() {
        this.timer.close();
    }

    /**
     * The ticks of a minute.
     *
     * @param ticks how many of each symbol
     * @param acknowledged when the last one was
     */
    private record Minute(int ticks, Instant acknowledged) {

        Minute plus(Minute other) {
            return new Minute(this.ticks + other.ticks, other.acknowledged);
        }

    }

}
