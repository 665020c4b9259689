package pregao.system;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.stack.replay.ReplayPlan;
import pregao.system.driver.Answer;
import pregao.system.driver.Eventually;
import pregao.system.driver.ReadCandle;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recording in which hundreds of prices lack their point spoils nothing, and what a
 * trader releases is built upon.
 */
@SystemTest
class QuarantineSystemTests {

    private static final String DIRTY = "eurusd_m1_2025-02-13_24_mt5_dirty.csv.gz";

    private static final String CLEAN = "eurusd_m1_2025-02-13_24_mt5.csv.gz";

    private static final Map<String, Duration> LONGER = Map.of("M5", Duration.ofMinutes(5), "M15",
            Duration.ofMinutes(15), "M30", Duration.ofMinutes(30), "H1", Duration.ofHours(1), "H4", Duration.ofHours(4),
            "D1", Duration.ofDays(1));

    /** Buckets whose stored candle is not the fold of the stored minutes. */
    private static final String WRONG = """
            with minutes as (select date_bin(?::interval, ts, '2000-01-01Z') as ts,
                    (array_agg(open order by ts))[1] as open, max(high) as high, min(low) as low,
                    (array_agg(close order by ts desc))[1] as close, sum(volume) as volume
                from market.candle where feed = ? and timeframe = 'M1' group by 1)
            select coalesce(m.ts, c.ts)::text
            from minutes m
            full join (select * from market.candle where feed = ? and timeframe = ?) c on c.ts = m.ts
            where (m.open, m.high, m.low, m.close, m.volume) is distinct from
                (c.open, c.high, c.low, c.close, c.volume)""";

    @Test
    void storesWhatIsRightAndWhatIsReleased(SystemUnderTest system) {
        Trader trader = system.trader("dirty", Feeds.RECORDED);
        Set<String> good = SharedData.lines(CLEAN, (line) -> true)
            .stream()
            .map(QuarantineSystemTests::exact)
            .collect(Collectors.toSet());
        List<String> right = SharedData.lines(DIRTY, (line) -> good.contains(exact(line)));

        assertThat(system.replay(trader, ReplayPlan.of(SharedData.file(DIRTY))).answer().rejected()).isEqualTo(321);

        assertThat(trader.read("EURUSD", "M1", Instant.parse("2025-02-01T00:00:00Z"),
                Instant.parse("2025-03-01T00:00:00Z")))
            .extracting((candle) -> candle.ts().toString())
            .containsExactlyElementsOf(right.stream().map((line) -> line.split(",", -1)[1]).toList())
            .hasSize(9678);
        awaitLonger(system, trader);

        List<JsonNode> held = held(trader);
        assertThat(held).hasSize(102);
        JsonNode chosen = held.getFirst();
        Answer released = trader.http().post("/api/quarantine/" + chosen.get("id").asString() + "/release", "");
        assertThat(released.status()).as(released.toString()).isEqualTo(200);

        Instant minute = Instant.parse(chosen.at("/candle/ts").asString());
        BigDecimal high = chosen.at("/candle/high").decimalValue();
        assertThat(trader.read("EURUSD", "M1", minute, minute.plusSeconds(60))).singleElement()
            .satisfies((candle) -> assertThat(candle.high()).isEqualByComparingTo(high))
            .extracting(ReadCandle::complete, ReadCandle::revision)
            .containsExactly(true, 1);
        new TreeMap<>(LONGER).forEach((timeframe, length) -> {
            Instant bucket = Instant.ofEpochSecond(minute.getEpochSecond() / length.toSeconds() * length.toSeconds());
            trader.await(timeframe + " built on what was released", "EURUSD", timeframe, bucket, bucket.plus(length),
                    (candles) -> candles.size() == 1 && candles.getFirst().high().compareTo(high) == 0);
        });
        awaitLonger(system, trader);
        assertThat(held(trader)).hasSize(101);
        assertThat(trader.http().post("/api/quarantine/" + chosen.get("id").asString() + "/release", "").body())
            .isEqualTo(released.body());
    }

    private static void awaitLonger(SystemUnderTest system, Trader trader) {
        LONGER.forEach((timeframe, length) -> Eventually.see("every " + timeframe + " to be the fold of its minutes",
                () -> system.sql(WRONG, length.toString(), trader.feed(), trader.feed(), timeframe), List::isEmpty));
    }

    private static List<JsonNode> held(Trader trader) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = trader.http()
                .get("/api/quarantine?symbol=EURUSD&limit=50" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            answer.json().get("items").forEach(all::add);
            cursor = answer.json().get("next").asString("");
        }
        while (!cursor.isEmpty());
        return all;
    }

    /** The two files differ in zeros at the end of decimals, too. */
    private static String exact(String line) {
        String[] row = line.split(",", -1);
        StringBuilder exact = new StringBuilder(row[1]);
        for (int i = 2; i < 6; i++) {
            exact.append(' ').append(new BigDecimal(row[i]).stripTrailingZeros().toPlainString());
        }
        return exact.toString();
    }

}
