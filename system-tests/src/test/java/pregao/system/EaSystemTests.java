package pregao.system;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Timeframe;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;
import pregao.system.ea.Bar;
import pregao.system.ea.ProEa;
import pregao.system.ea.Quote;
import pregao.system.ea.RebuildEa;
import pregao.system.ea.Terminal;
import pregao.system.ea.TerminalHttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two EAs in use work with only the address changed.
 */
@SystemTest
class EaSystemTests {

    private static final InstantSource CLOCK = InstantSource.system();

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration HOUR = Duration.ofHours(1);

    /** A whole minute, more than an hour ago. */
    private static Instant anHourAgo() {
        return Instant.ofEpochMilli(Timeframe.M1.bucketStart(CLOCK.millis())).minus(HOUR.plus(MINUTE.multipliedBy(2)));
    }

    @ParameterizedTest
    @CsvSource({ "application/json, false", "application/json, true", "application/x-www-form-urlencoded, true" })
    void takesATradingHourOfRebuild(String contentType, boolean trailingNul, SystemUnderTest system) {
        Trader trader = system.trader("rebuild", Feeds.BROKER);
        Instant start = anHourAgo();
        Terminal chart = Terminal.random("EURUSD.a", start, HOUR, 11);
        RebuildEa ea = new RebuildEa(system.url(), trader.key(), chart, contentType, trailingNul);
        int sent = 0;
        for (int minute = 0; minute < 60; minute++) {
            Instant open = start.plus(MINUTE.multipliedBy(minute));
            ea.wire().breaks(faultOf(minute));
            ea.sendBars("M1", List.of(formingBar(chart, open)));
            List<Quote> since = quotesBefore(chart, sent, open.plus(MINUTE).toEpochMilli());
            sent += since.size();
            ea.sendTicks(since);
        }
        ea.wire().breaks(TerminalHttpClient.Fault.NONE);
        ea.sendTicks(List.of());
        ea.resend();
        assertThat(ea.buffered()).isZero();
        assertThat(ea.spooled()).isZero();
        // A snapshot whose answer was lost comes again when its minute is closed: it is
        // stale.
        assertThat(ea.complaints()).hasSizeLessThanOrEqualTo(2)
            .allMatch((answer) -> answer.contains("\"rejected\":0") && answer.contains("\"status\":\"duplicate\""));
        assertThat(ea.inserted() + ea.updated() + ea.duplicates()).isEqualTo(60);
        assertComesOutRight(trader, chart, start, "ticks");
    }

    /** As a scan in the middle of the minute sees it. */
    private static Bar formingBar(Terminal chart, Instant open) {
        long from = open.toEpochMilli();
        List<Quote> seen = chart.quotes()
            .stream()
            .filter((quote) -> quote.time() >= from && quote.time() < from + MINUTE.toMillis() / 2)
            .toList();
        return Bar.of(seen, MINUTE.toMillis()).getFirst();
    }

    /** For two minutes nothing is sent, for two more the answers are lost. */
    private static TerminalHttpClient.Fault faultOf(int minute) {
        return switch (minute) {
            case 20, 21 -> TerminalHttpClient.Fault.NOT_SENT;
            case 40, 41 -> TerminalHttpClient.Fault.ANSWER_LOST;
            default -> TerminalHttpClient.Fault.NONE;
        };
    }

    @Test
    void takesRebuildsHistoryInHalves(SystemUnderTest system) {
        Trader trader = system.trader("rebuild", Feeds.BROKER);
        Instant start = anHourAgo().minus(Duration.ofHours(100));
        Terminal chart = Terminal.random("EURUSD", start, Duration.ofHours(100), 12);
        RebuildEa ea = new RebuildEa(system.url(), trader.key(), chart, "application/json", true);
        ea.sendBars("M1", chart.bars(MINUTE));
        assertThat(ea.splits()).isEqualTo(1);
        assertThat(ea.complaints()).isEmpty();
        assertThat(ea.inserted()).isEqualTo(6_000);
        assertComesOutRight(trader, chart, start, "given");
    }

    /** At 120 ticks a second; nothing is taken for nine of them. */
    @Test
    void deliversEveryTickOfRebuildAfterASilenceOfNineSeconds(SystemUnderTest system) {
        Trader trader = system.trader("rebuild", Feeds.BROKER);
        Instant start = anHourAgo();
        Terminal chart = Terminal.busy("EURUSD.b", start, Duration.ofSeconds(30), 120, 16);
        RebuildEa ea = new RebuildEa(system.url(), trader.key(), chart, "application/json", false);
        int sent = 0;
        for (int second = 1; second <= 30; second++) {
            List<Quote> since = quotesBefore(chart, sent, start.plusSeconds(second).toEpochMilli());
            sent += since.size();
            ea.wire()
                .breaks((second > 10 && second < 20) ? TerminalHttpClient.Fault.NOT_SENT
                        : TerminalHttpClient.Fault.NONE);
            ea.sendTicks(since);
        }
        assertThat(sent).isEqualTo(3_600);
        assertThat(ea.isPaused()).isFalse();
        assertThat(ea.buffered()).isZero();
        assertThat(ea.complaints()).isEmpty();
        Bar minute = chart.bars(MINUTE).getFirst();
        List<ReadCandle> candles = trader.await("a minute of every tick", chart.symbol(), "M1", start,
                start.plus(MINUTE), (read) -> !read.isEmpty() && read.getFirst().volume().intValue() == 3_600);
        assertThat(candles.getFirst().prices()).isEqualTo(prices(chart, minute));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void takesATradingHourOfPro(boolean variant, SystemUnderTest system) {
        Trader trader = system.trader("pro", Feeds.BROKER);
        Instant start = anHourAgo();
        Terminal chart = Terminal.random("EURUSDm", start, HOUR, 13);
        ProEa ea = new ProEa(system.url(), trader.key(), chart, variant);
        int sent = 0;
        for (int minute = 0; minute < 60; minute++) {
            List<Quote> since = quotesBefore(chart, sent, start.plus(MINUTE.multipliedBy(minute + 1)).toEpochMilli());
            sent += since.size();
            ea.wire().breaks(faultOf(minute));
            ea.sendTicks(since);
        }
        ea.wire().breaks(TerminalHttpClient.Fault.NONE);
        ea.sendTicks(List.of());
        assertThat(ea.buffered()).isZero();
        assertThat(ea.complaints()).isEmpty();
        assertComesOutRight(trader, chart, start, "ticks");
    }

    @Test
    void takesProsFormingBarAtEveryScan(SystemUnderTest system) {
        Trader trader = system.trader("pro", Feeds.BROKER);
        // Long enough before the end of the hour, or in the next one.
        Instant hour = Await.see("an hour with two minutes left", Duration.ofMinutes(3),
                () -> Instant.ofEpochMilli(Timeframe.H1.bucketStart(CLOCK.millis())),
                (begun) -> CLOCK.millis() - begun.toEpochMilli() < Duration.ofMinutes(58).toMillis());
        Terminal chart = Terminal.random("EURUSDm", hour, HOUR, 14);
        ProEa ea = new ProEa(system.url(), trader.key(), chart, false);
        Bar seen = new Bar(0, 0, 0, 0, 0, 0);
        for (int scan = 1; scan <= 60; scan++) {
            List<Quote> quotes = chart.quotes().subList(0, scan * 10);
            seen = Bar.of(quotes, HOUR.toMillis()).getFirst();
            ea.sendBar("H1", seen);
            ea.sendBar("H1", seen);
        }
        assertThat(ea.complaints()).isEmpty();
        assertThat(ea.spooled()).isZero();
        assertThat(ea.inserted()).isEqualTo(1);
        assertThat(ea.updated()).isEqualTo(59);
        assertThat(ea.duplicates()).isEqualTo(60);
        ReadCandle stored = trader.read("EURUSDm", "H1", hour, hour.plus(HOUR)).getFirst();
        assertThat(stored.prices()).isEqualTo(prices(chart, seen));
        assertThat(stored.complete()).isFalse();
        assertThat(stored.revision()).isZero();
    }

    /**
     * In real time, as only the clock can end a forming bar.
     */
    @Test
    void endsProsFormingMinuteByItsTicks(SystemUnderTest system) {
        Trader trader = system.trader("pro", Feeds.BROKER);
        Instant minute = Await.see("a minute with half of it left", MINUTE,
                () -> Instant.ofEpochMilli(Timeframe.M1.bucketStart(CLOCK.millis())),
                (begun) -> CLOCK.millis() - begun.toEpochMilli() < 30_000);
        Terminal chart = Terminal.random("EURUSDm", minute, Duration.ofSeconds(20), 15);
        ProEa ea = new ProEa(system.url(), trader.key(), chart, false);
        List<Quote> quotes = chart.quotes();
        Bar seen = new Bar(0, 0, 0, 0, 0, 0);
        for (int until = 1; until <= quotes.size(); until++) {
            ea.sendTicks(quotes.subList(until - 1, until));
            seen = Bar.of(quotes.subList(0, until), MINUTE.toMillis()).getFirst();
            ea.sendBar("M1", seen);
        }
        ReadCandle forming = trader.read("EURUSDm", "M1", minute, minute.plus(MINUTE)).getFirst();
        assertThat(forming.prices()).isEqualTo(prices(chart, seen));
        assertThat(ea.complaints()).isEmpty();
        ReadCandle ended = trader.awaitFinal(1, "EURUSDm", "M1", minute, MINUTE).getFirst();
        assertThat(ended.prices()).isEqualTo(prices(chart, seen));
        assertThat(ended.volume().intValue()).isEqualTo(quotes.size());
    }

    /**
     * Without ticks, and in real time, as a bar is a snapshot only before its end.
     */
    @Test
    void countsProsSnapshotsInCoverageAndNamesTheSetting(SystemUnderTest system) {
        Trader trader = system.trader("pro", Feeds.BROKER);
        Instant minute = Await.see("a minute with a quarter of it left", MINUTE,
                () -> Instant.ofEpochMilli(Timeframe.M1.bucketStart(CLOCK.millis())),
                (begun) -> CLOCK.millis() - begun.toEpochMilli() < 45_000);
        Terminal chart = Terminal.random("EURUSDm", minute, Duration.ofSeconds(90), 17);
        ProEa ea = new ProEa(system.url(), trader.key(), chart, true);
        Bar seen = Bar.of(chart.quotes().subList(0, 20), MINUTE.toMillis()).getFirst();
        ea.sendBar("M1", seen);
        Await.see("the next minute", MINUTE.plusSeconds(5), CLOCK::instant, (now) -> now.isAfter(minute.plus(MINUTE)));
        ea.sendBar("M1", chart.bars(MINUTE).get(1));

        ReadCandle snapshot = trader.awaitFinal(1, chart.symbol(), "M1", minute, MINUTE).getFirst();
        assertThat(snapshot.prices()).isEqualTo(prices(chart, seen));
        assertThat(ea.complaints()).isEmpty();
        Answer coverage = Await.see("the setting of the EA in coverage",
                () -> trader.http().get("/api/coverage?symbol=" + chart.symbol()),
                (answer) -> answer.status() == 200 && answer.body().contains("Use_Previous_Closed_Bar=true"));
        assertThat(coverage.json().at("/items/0/snapshots").asInt()).isOne();
    }

    private static List<Quote> quotesBefore(Terminal chart, int from, long end) {
        return chart.quotes().stream().skip(from).takeWhile((quote) -> quote.time() < end).toList();
    }

    private static void assertComesOutRight(Trader trader, Terminal chart, Instant start, String source) {
        for (Timeframe timeframe : List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1)) {
            Instant from = Instant.ofEpochMilli(timeframe.bucketStart(start.toEpochMilli()));
            List<String> expected = new ArrayList<>();
            chart.bars(Duration.ofMillis(timeframe.millis())).forEach((bar) -> expected.add(prices(chart, bar)));
            List<ReadCandle> candles = trader.await(timeframe + " as on the chart", chart.symbol(), timeframe.name(),
                    from, start.plus(Duration.ofDays(5)), (read) -> prices(read).toList().equals(expected)
                            && (timeframe != Timeframe.M1 || ended(read, source)));
            if (timeframe == Timeframe.M1) {
                assertThat(candles).extracting(ReadCandle::source).containsOnly(source);
                assertThat(candles).extracting((candle) -> candle.volume().longValueExact())
                    .isEqualTo(chart.bars(MINUTE).stream().map(Bar::tickVolume).toList());
            }
        }
    }

    /** The newest bar that is only provided waits for the next one. */
    private static boolean ended(List<ReadCandle> candles, String source) {
        return candles.subList(0, candles.size() - (source.equals("given") ? 1 : 0))
            .stream()
            .allMatch(ReadCandle::complete);
    }

    private static Stream<String> prices(List<ReadCandle> candles) {
        return candles.stream().map(ReadCandle::prices);
    }

    private static String prices(Terminal chart, Bar bar) {
        return Stream.of(bar.open(), bar.high(), bar.low(), bar.close())
            .map((points) -> new java.math.BigDecimal(chart.price(points)).stripTrailingZeros().toPlainString())
            .reduce(Instant.ofEpochMilli(bar.openTime()).toString(), (text, price) -> text + " " + price);
    }

}
