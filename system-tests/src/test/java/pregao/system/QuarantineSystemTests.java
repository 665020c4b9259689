package pregao.system;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.devcluster.replay.ReplayPlan;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
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
        Set<String> good = RecordedData.lines(CLEAN, (line) -> true)
            .stream()
            .map(QuarantineSystemTests::exact)
            .collect(Collectors.toSet());
        List<String> right = RecordedData.lines(DIRTY, (line) -> good.contains(exact(line)));

        assertThat(system.replay(trader, ReplayPlan.of(RecordedData.file(DIRTY))).answer().rejected()).isEqualTo(321);

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
        anAdminTakesItBackWithTheTokenOfALogin(system, trader, chosen);
    }

    private static void anAdminTakesItBackWithTheTokenOfALogin(SystemUnderTest system, Trader trader, JsonNode chosen) {
        Http admin = BotSystemTests.person(system);
        String path = "/api/quarantine/" + chosen.get("id").asString() + "/release";
        assertThat(admin.get("/api/quarantine?state=released&feed=" + trader.feed()).json().at("/items/0/id"))
            .isEqualTo(chosen.get("id"));
        Answer undone = admin.send("DELETE", path, new byte[0]);
        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        assertThat(held(trader)).hasSize(102);
    }

    @Test
    void ownerReleasesWithTheTokenOfALoginAndNobodyElseDoes(SystemUnderTest system) {
        Http nobody = new Http(system.url(), "Content-Type", "application/json");
        Http owner = UserSystemTests.newcomer(system);
        Http stranger = UserSystemTests.newcomer(system);
        String feed = "held-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(owner.post("/api/feeds", "{\"name\":\"" + feed + "\"}").status()).isEqualTo(201);
        Answer answer = owner.post("/api/keys",
                "{\"label\":\"terminal\",\"feed\":\"" + feed + "\",\"scopes\":[\"ingest\"]}");
        Http terminal = nobody.with("X-API-Key", answer.json().path("key").asString());
        Await.see("the new key to be taken", () -> terminal.post("/ingest", candle(0, "1.05", "1.05")).status(),
                (status) -> status == 200);
        assertThat(terminal.post("/ingest", candle(1, "1.05", "1051")).status()).isEqualTo(422);
        assertThat(terminal.post("/ingest", candle(0, "1.05", "1.06")).status()).isEqualTo(200);

        String list = "/api/quarantine?feed=" + feed;
        String id = owner.get(list).json().at("/items/0/id").asString();
        String release = "/api/quarantine/" + id + "/release";
        assertThat(stranger.get(list).status()).isEqualTo(404);
        assertThat(stranger.post(release, "").status()).isEqualTo(404);
        assertThat(stranger.get("/api/conflicts?feed=" + feed).status()).isEqualTo(404);
        assertThat(owner.post(release, "").status()).isEqualTo(200);
        assertThat(owner.send("DELETE", release, new byte[0]).status()).isEqualTo(200);
        String conflict = owner.get("/api/conflicts?feed=" + feed).json().at("/items/0/id").asString();
        assertThat(stranger.post("/api/conflicts/" + conflict + "/accept", "").status()).isEqualTo(404);
        assertThat(owner.post("/api/conflicts/" + conflict + "/accept", "").status()).isEqualTo(200);
        assertThat(owner.get("/api/quarantine").status()).as("a login names the feed").isEqualTo(400);
    }

    private static String candle(int minute, String low, String high) {
        return """
                {"symbol":"EURUSD","timeframe":"M1","ts":"2025-02-13T00:0%d:00Z","open":%s,"high":%s,"low":%s,\
                "close":%s,"volume":1,"final":true}""".formatted(minute, low, high, low, low);
    }

    private static void awaitLonger(SystemUnderTest system, Trader trader) {
        LONGER.forEach((timeframe, length) -> Await.see("every " + timeframe + " to be the fold of its minutes",
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
