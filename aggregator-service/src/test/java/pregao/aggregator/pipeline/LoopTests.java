package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.contracts.tick.TickBatch;
import pregao.market.candle.CandleRollup;
import pregao.market.candle.MinuteCandleBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tick pipeline with a real database and a real broker.
 */
@Tag("store")
class LoopTests {

    private static final long DAY = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;

    private static int instrumentCount;

    private static Instrument instrument(String symbol) {
        return new Instrument("test-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), symbol);
    }

    private static TickBatch tick(Instrument instrument, long time, String bid, String ask) {
        return TickBatch.of(instrument, PriceBasis.MID, time, 1)
            .add(time, 0, Prices.of(new BigDecimal(bid)), Prices.of(new BigDecimal(ask)))
            .build();
    }

    @Test
    void storesTheSameAsABatchComputationWhateverTheOrderRepetitionAndRestarts() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Instrument instrument = instrument("SEED" + seed);
            try (PipelineHarness harness = new PipelineHarness(DAY + Duration.ofDays(10).toMillis())) {
                TickBatch tickBatch = randomTicks(instrument, random);
                for (TickBatch message : shuffledMessages(tickBatch, random)) {
                    harness.send(message);
                    if (random.nextInt(8) == 0) {
                        harness.pollOnce();
                    }
                    if (random.nextInt(40) == 0) {
                        harness.restart();
                    }
                }
                harness.processAll();
                assertThat(harness.raw(instrument)).as("seed %d", seed).isEqualTo(texts(tickBatch));
                List<Candle> minutes = MinuteCandleBuilder.ofOrdered(tickBatch, 0, tickBatch.size());
                assertSame(harness.candles(instrument, Timeframe.M1), minutes);
                for (Timeframe timeframe : Timeframe.ROLLED_UP) {
                    assertSame(harness.candles(instrument, timeframe), rolledUp(timeframe, minutes));
                }
            }
        }
    }

    /**
     * Returns distinct ticks in order. Each (time, seq) occurs once, so the order of
     * arrival does not matter.
     */
    private static TickBatch randomTicks(Instrument instrument, Random random) {
        Set<List<Long>> moments = new LinkedHashSet<>();
        long time = DAY + random.nextInt(100_000);
        for (int i = 0; i < 1500; i++) {
            time += random.nextInt((i % 300 == 0) ? 5_000_000 : 4_000);
            moments.add(List.of(time, (long) random.nextInt(3)));
        }
        List<List<Long>> ordered = new ArrayList<>(moments);
        ordered
            .sort(Comparator.comparing((List<Long> moment) -> moment.get(0)).thenComparing((moment) -> moment.get(1)));
        TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, DAY, ordered.size());
        for (List<Long> moment : ordered) {
            long bid = 100_000_000L + random.nextInt(1_000_000);
            long last = (random.nextInt(3) == 0) ? bid + 1 : 0;
            BigDecimal volume = (random.nextInt(3) == 0) ? new BigDecimal("0.25") : BigDecimal.ZERO;
            ticks.add(moment.get(0), moment.get(1).intValue(), bid, bid + random.nextInt(300) - 10, last, volume,
                    random.nextInt(4));
        }
        return ticks.build();
    }

    private static List<TickBatch> shuffledMessages(TickBatch tickBatch, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < tickBatch.size(); i++) {
            order.add(i);
            if (random.nextInt(5) == 0) {
                order.add(random.nextInt(i + 1)); // a duplicate
            }
        }
        for (int from = 0; from < order.size(); from += 100) {
            Collections.shuffle(order.subList(from, Math.min(from + 150, order.size())), random);
        }
        Collections.swap(order, 0, order.size() - 1);
        List<TickBatch> messages = new ArrayList<>();
        for (int from = 0; from < order.size();) {
            int to = Math.min(from + 1 + random.nextInt(12), order.size());
            TickBatch.Builder message = TickBatch.of(tickBatch.instrument(), PriceBasis.MID, DAY, to - from);
            for (int i : order.subList(from, to)) {
                message.add(tickBatch.time(i), tickBatch.seq(i), tickBatch.bid(i), tickBatch.ask(i), tickBatch.last(i),
                        tickBatch.volume(i), tickBatch.flags(i));
            }
            messages.add(message.build());
            from = to;
        }
        return messages;
    }

    private static List<String> texts(TickBatch tickBatch) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < tickBatch.size(); i++) {
            texts.add(PipelineHarness.text(tickBatch, i));
        }
        return texts;
    }

    private static List<Candle> rolledUp(Timeframe timeframe, List<Candle> minutes) {
        List<Candle> longer = new ArrayList<>();
        int from = 0;
        while (from < minutes.size()) {
            int to = from;
            long bucket = timeframe.bucketStart(minutes.get(from).openTime());
            while (to < minutes.size() && timeframe.bucketStart(minutes.get(to).openTime()) == bucket) {
                to++;
            }
            Candle candle = CandleRollup.of(BucketGrid.UTC, timeframe, minutes.subList(from, to), true);
            if (candle != null) {
                longer.add(candle);
            }
            from = to;
        }
        return longer;
    }

    private static void assertSame(List<Candle> stored, List<Candle> expected) {
        assertThat(stored).hasSameSizeAs(expected);
        for (int i = 0; i < stored.size(); i++) {
            Candle is = stored.get(i);
            assertThat(is.openTime()).isEqualTo(expected.get(i).openTime());
            assertThat(is.sameValues(expected.get(i))).as("%s is to be %s", is, expected.get(i)).isTrue();
            assertThat(is.isFinal()).isTrue();
            assertThat(is.revision()).isPositive();
        }
    }

    @Test
    void closesAMinuteByTheClockAndPublishesIt() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1)).singleElement()
                .satisfies((candle) -> assertThat(candle.isFinal()).isFalse());
            assertThat(harness.candles(instrument, Timeframe.M5)).isEmpty();
            harness.clock.set(DAY + MINUTE + 999);
            harness.pollOnce();
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().isFinal()).isFalse();
            harness.clock.set(DAY + MINUTE + 1_000);
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1)).singleElement()
                .satisfies((candle) -> assertThat(candle.revision()).isEqualTo(1));
            assertThat(harness.candles(instrument, Timeframe.M5)).singleElement()
                .satisfies((candle) -> assertThat(candle.isFinal()).isFalse());
            harness.clock.set(DAY + Timeframe.D1.millis() + 1_000);
            harness.processAll();
            for (Timeframe timeframe : Timeframe.values()) {
                assertThat(harness.candles(instrument, timeframe)).singleElement().satisfies((candle) -> {
                    assertThat(candle.isFinal()).isTrue();
                    assertThat(candle.volume()).isEqualByComparingTo("1");
                });
                assertThat(harness.published(instrument.feed(), (candle) -> candle.timeframe() == timeframe)).last()
                    .satisfies((event) -> assertThat(event.candle().revision()).isEqualTo(1));
            }
        }
    }

    @Test
    void closesWhatAnotherLoopLeftOpen() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            harness.restart();
            harness.clock.set(DAY + 5 * MINUTE + 1_000);
            harness.pollUntil("closed", () -> !harness.candles(instrument, Timeframe.M5).isEmpty());
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().isFinal()).isTrue();
            assertThat(harness.candles(instrument, Timeframe.M5).getFirst().isFinal()).isTrue();
            assertThat(harness.candles(instrument, Timeframe.M15).getFirst().isFinal()).isFalse();
        }
    }

    @Test
    void publishesTheFormingMinuteWithItsQuoteAtMostTenTimesASecondAndNeverLosesTheLast() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            for (int i = 0; i < 5; i++) {
                harness.send(tick(instrument, DAY + 10_000 + i, "1.1" + i, "1.2" + i));
                harness.processAll();
            }
            assertThat(harness.published(instrument.feed(), (candle) -> !candle.isFinal())).hasSize(1);
            harness.clock.advance(100);
            harness.pollOnce();
            assertThat(harness.published(instrument.feed(), (candle) -> !candle.isFinal())).hasSize(2)
                .last()
                .satisfies((event) -> {
                    assertThat(event.lastBid()).isEqualTo(Prices.of(new BigDecimal("1.14")));
                    assertThat(event.lastAsk()).isEqualTo(Prices.of(new BigDecimal("1.24")));
                    assertThat(event.candle().volume()).isEqualByComparingTo("5");
                });
        }
    }

    @Test
    void takesATickOfAYearAgo() {
        Instrument instrument = instrument("EURUSD");
        long ago = DAY - Duration.ofDays(365).toMillis() + 3 * MINUTE;
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            harness.send(tick(instrument, ago, "1.3", "1.4"));
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            harness.restart();
            harness.send(tick(instrument, ago + 5, "1.5", "1.6"));
            harness.send(tick(instrument, ago - 5, "1.1", "1.2"));
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1)).hasSize(3);
            Candle day = harness.candles(instrument, Timeframe.D1).getFirst();
            assertThat(day.volume()).isEqualByComparingTo("3");
            assertThat(day.open()).isEqualTo(Prices.of(new BigDecimal("1.15")));
            assertThat(day.close()).isEqualTo(Prices.of(new BigDecimal("1.55")));
            assertThat(day.isFinal()).isTrue();
            assertThat(harness.count("pregao.ticks.late")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void writesNothingWhereAnotherOwnerHasMovedThePartition() throws Exception {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            // Another owner has advanced the offset: it has processed the record that
            // arrives next.
            int partition = BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()),
                    AggregatorTestEnvironment.PARTITIONS);
            execute("update market.aggregator_state set value = (value::bigint + 1)::text where key = 'tick/%d'"
                .formatted(partition));
            harness.send(tick(instrument, DAY + 11_000, "1.3", "1.4"));
            harness.pollUntil("replaced", () -> harness.count("pregao.aggregator.owner.replaced") > 0);
            assertThat(harness.raw(instrument)).hasSize(1);
            harness.clock.advance(200);
            harness.send(tick(instrument, DAY + 12_000, "1.5", "1.6"));
            harness.pollUntil("taken over again", () -> {
                harness.clock.advance(100);
                return harness.raw(instrument).size() == 2;
            });
            assertThat(harness.raw(instrument).getLast()).startsWith((DAY + 12_000) + "/0 ");
        }
    }

    @Test
    void goesOnAfterTheDatabaseDroppedItsConnections() throws Exception {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.pool("dropped"))) {
            for (int i = 0; i < 6; i++) {
                harness.send(tick(instrument, DAY + 10_000 + i, "1.1", "1.2"));
                harness.processAll();
                try (Connection connection = AggregatorTestEnvironment.postgres().connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = 'dropped'");
                }
            }
            assertThat(harness.count("pregao.aggregator.recoveries")).isPositive();
            assertThat(harness.raw(instrument)).hasSize(6);
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().volume()).isEqualByComparingTo("6");
        }
    }

    @Test
    void storesARunOfPartsAndLateTicksBetweenThem() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 10 * MINUTE)) {
            long[] order = { 10, 20, 30, 25, 40, 5, 24, 35, 45, 10 };
            List<String> expected = new ArrayList<>();
            for (long second : order) {
                TickBatch tick = tick(instrument, DAY + second * 1_000, "1." + second, "1.9");
                if (!expected.contains(PipelineHarness.text(tick, 0))) {
                    expected.add(PipelineHarness.text(tick, 0));
                }
                harness.send(tick);
                harness.processAll();
            }
            expected.sort(Comparator.comparingLong((text) -> Long.parseLong(text.substring(0, text.indexOf('/')))));
            assertThat(harness.raw(instrument)).isEqualTo(expected);
            Candle minute = harness.candles(instrument, Timeframe.M1).getFirst();
            assertThat(minute.volume()).isEqualByComparingTo("9");
            assertThat(minute.revision()).isEqualTo(9);
        }
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void publishesAgainWhatTheLastBatchStored() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 10 * MINUTE)) {
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            int publishedBefore = harness.published(instrument.feed(), Candle::isFinal).size();
            harness.restart();
            harness.pollUntil("published again",
                    () -> harness.published(instrument.feed(), Candle::isFinal).size() > publishedBefore);
            harness.processAll();
            List<CandleEvent> events = harness.published(instrument.feed(), (candle) -> true);
            assertThat(events).allSatisfy((event) -> assertThat(event.candle().revision()).isLessThanOrEqualTo(1));
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().revision()).isEqualTo(1);
        }
    }

    @Test
    void putsAsideWhatCannotBeDecodedAndGoesOn() {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            byte[] nonsense = instrument.feed().getBytes(StandardCharsets.UTF_8);
            harness.send(Topic.TICK.topicName(), instrument.key(), nonsense);
            harness.send(Topic.CANDLE.topicName(), instrument.key(), nonsense);
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.processAll();
            assertThat(harness.raw(instrument)).hasSize(1);
            for (Topic topic : List.of(Topic.TICK, Topic.CANDLE)) {
                assertThat(harness.records(topic.deadLetterTopic()))
                    .filteredOn((record) -> record.key().equals(instrument.key()))
                    .singleElement()
                    .satisfies((record) -> {
                        assertThat(record.value()).isEqualTo(nonsense);
                        assertThat(new String(record.headers().lastHeader("topic").value(), StandardCharsets.UTF_8))
                            .isEqualTo(topic.topicName());
                        assertThat(record.headers().lastHeader("cause")).isNotNull();
                        assertThat(record.headers().lastHeader("offset")).isNotNull();
                    });
            }
            assertThat(harness.count("pregao.dead.letters")).isEqualTo(2);
        }
    }

    @Test
    void putsAsideWhatTheDatabaseRefusesAndNothingElse() throws Exception {
        Instrument instrument = instrument("EURUSD");
        Instrument refused = new Instrument(instrument.feed(), "REFUSED");
        execute("""
                create function market.refuse() returns trigger language plpgsql as $$
                begin
                    raise exception 'refused' using errcode = 'check_violation';
                end $$;
                create trigger refused before insert on market.market_data_raw for each row
                    when (new.symbol = 'REFUSED') execute function market.refuse()""");
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000)) {
            for (int i = 0; i < 5; i++) {
                harness.send(tick(instrument, DAY + 10_000 + i, "1.1", "1.2"));
            }
            harness.send(tick(refused, DAY + 10_000, "1.1", "1.2"));
            harness.send(tick(instrument, DAY + 10_005, "1.1", "1.2"));
            harness.pollUntil("put aside", () -> {
                harness.clock.advance(100);
                return harness.count("pregao.dead.letters") == 1 && harness.raw(instrument).size() == 6;
            });
            harness.processAll();
            assertThat(harness.records(Topic.TICK.deadLetterTopic()))
                .filteredOn((record) -> record.key().startsWith(instrument.feed()))
                .singleElement()
                .satisfies((record) -> assertThat(record.key()).isEqualTo(refused.key()));
            assertThat(harness.raw(refused)).isEmpty();
        }
        finally {
            execute("drop trigger refused on market.market_data_raw; drop function market.refuse()");
        }
    }

    @Test
    void closesAnEventTimeFeedByLaterTicksAndAfterASilence() {
        Instrument instrument = instrument("EURUSD");
        // The wall clock is far behind or far ahead of the time of the feed, which does
        // not matter.
        try (PipelineHarness harness = new PipelineHarness(DAY - Duration.ofDays(1).toMillis())) {
            harness.feeds.put(new Feed(instrument.feed(), PriceBasis.BID, FeedClock.UTC, FeedClock.UTC,
                    Duration.ofSeconds(1), TradingCalendar.ALWAYS, true));
            harness.send(tick(instrument, DAY + 10_000, "1.1", "1.2"));
            harness.send(tick(instrument, DAY + MINUTE + 900, "1.1", "1.2"));
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1)).extracting(Candle::isFinal)
                .containsExactly(false, false);
            harness.send(tick(instrument, DAY + MINUTE + 1_000, "1.3", "1.4"));
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1)).extracting(Candle::isFinal)
                .containsExactly(true, false);
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().open())
                .isEqualTo(Prices.of(new BigDecimal("1.1")));
            assertThat(harness.candles(instrument, Timeframe.M5).getFirst().isFinal()).isFalse();
            harness.clock.advance(2_000);
            harness.processAll();
            assertThat(harness.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
                .allSatisfy((candle) -> assertThat(candle.isFinal()).isTrue()));
            // The feed continues after all.
            harness.send(tick(instrument, DAY + MINUTE + 2_000, "1.5", "1.6"));
            harness.processAll();
            assertThat(harness.candles(instrument, Timeframe.M1).getLast().volume()).isEqualByComparingTo("3");
            assertThat(harness.candles(instrument, Timeframe.D1).getFirst().volume()).isEqualByComparingTo("4");
        }
    }

    @Test
    void foldsLongerCandlesFromGivenMinutes() throws Exception {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(DAY + Duration.ofDays(2).toMillis())) {
            List<Candle> providedCandles = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long open = 100_000_000L + i * 1_000L;
                providedCandles
                    .add(new Candle(instrument, Timeframe.M1, DAY + i * (7 * MINUTE), open, open + 500, open - 700,
                            open + 100, BigDecimal.valueOf(i), Spread.ofPrice(20 + i), CandleSource.GIVEN, true, 0));
            }
            Collections.shuffle(providedCandles, new Random(7));
            for (int from = 0; from < providedCandles.size(); from += 50) {
                List<Candle> batch = providedCandles.subList(from, from + 50);
                try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
                    new CandleRepository().put(connection, batch).stored().forEach(harness::send);
                }
                harness.pollOnce();
            }
            harness.processAll();
            providedCandles.sort(Comparator.comparingLong(Candle::openTime));
            for (Timeframe timeframe : Timeframe.ROLLED_UP) {
                assertSame(harness.candles(instrument, timeframe), rolledUp(timeframe, providedCandles));
            }
            // A tick of such a minute is stored, but the provided candle stands.
            harness.send(tick(instrument, DAY + 5, "9.1", "9.2"));
            harness.processAll();
            assertThat(harness.raw(instrument)).hasSize(1);
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().sameValues(providedCandles.getFirst()))
                .isTrue();
            assertSame(harness.candles(instrument, Timeframe.D1), rolledUp(Timeframe.D1, providedCandles));
        }
    }

}
