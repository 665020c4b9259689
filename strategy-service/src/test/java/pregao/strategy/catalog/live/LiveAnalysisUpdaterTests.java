package pregao.strategy.catalog.live;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.market.pattern.Direction;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.strategy.catalog.CandleRows;
import pregao.strategy.catalog.TestCallers;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Candles that come minute by minute give what an analysis of all of them gives.
 */
class LiveAnalysisUpdaterTests {

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            SIGNER.url());

    private static final Instrument LIVE = new Instrument("live", "EURUSD");

    private static final int KNOWN = 60;

    private final TestCallers caller = new TestCallers(SERVICE, SIGNER, UUID.randomUUID());

    private final LiveAnalysisUpdater catalogue = new LiveAnalysisUpdater(
            JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());

    @AfterAll
    static void stop() {
        SERVICE.close();
        SIGNER.stop();
    }

    private List<UpcomingEntry> minute(Instrument instrument, Instant openTime) throws SQLException {
        return RetryingTransaction.run(StrategyDatabase.shared().pool(),
                (connection) -> this.catalogue.minute(connection, instrument, openTime.toEpochMilli()));
    }

    @Test
    void keepsNumbersUpToDateAndAnnouncesTheNextEntry() throws SQLException {
        String letters = CandleRows.coins(new Random(5), KNOWN + 40, 0.05);
        CandleRows.replay(LIVE.feed());
        CandleRows.put(LIVE.feed(), LIVE.symbol(), CandleRows.TEN, letters.substring(0, KNOWN));
        String wish = "{\"feed\": \"live\", \"blocks\": 8, \"least_sample\": 1}";
        String id = this.caller.analysed(wish).get("id").asString();
        String path = "/api/catalog/" + id;
        this.caller.call(HttpMethod.PUT, path + "/live", "").expectStatus().isNoContent();
        List<String> announced = new ArrayList<>();
        for (int i = KNOWN; i < letters.length(); i++) {
            Instant instant = CandleRows.TEN.plus(Duration.ofMinutes(i));
            CandleRows.put(LIVE.feed(), LIVE.symbol(), instant, letters.substring(i, i + 1));
            List<UpcomingEntry> now = minute(LIVE, instant);
            assertThat(minute(LIVE, instant)).as("told again").isEqualTo(now);
            now.forEach((upcomingEntry) -> announced.add(upcomingEntry.block() + " " + upcomingEntry.direction()));
            if ((i + 1) % 5 == 0) {
                JsonNode live = this.caller.read(path);
                assertThat(live.get("live").asBoolean()).isTrue();
                JsonNode anew = this.caller.analysed(wish);
                assertThat(live.get("findings")).as("minute %d", i).isEqualTo(anew.get("findings"));
                assertThat(live.get("summary")).isEqualTo(anew.get("summary"));
                assertThat(this.caller.read(path + "/blocks?feed=live&symbol=EURUSD").get("items"))
                    .isEqualTo(this.caller
                        .read("/api/catalog/%s/blocks?feed=live&symbol=EURUSD".formatted(anew.get("id").asString()))
                        .get("items"));
                this.caller.call(HttpMethod.DELETE, "/api/catalog/" + anew.get("id").asString(), "");
            }
        }
        assertThat(announced).isEqualTo(expected(letters));
        Instant late = CandleRows.TEN.plus(Duration.ofMinutes(letters.length() - 11));
        CandleRows.put(LIVE.feed(), LIVE.symbol(), late, "D");
        assertThat(minute(LIVE, late)).as("over long ago").isEmpty();
        assertThat(this.caller.read(path).get("findings")).as("of a candle that comes late")
            .isEqualTo(this.caller.analysed(wish).get("findings"));
        this.caller.call(HttpMethod.DELETE, path + "/live", "").expectStatus().isNoContent();
        this.caller.call(HttpMethod.DELETE, path + "/live", "").expectStatus().isNotFound();
        assertThat(this.caller.read(path).get("live").asBoolean()).isFalse();
    }

    @Test
    void leavesOutAnAnalysisThatFailsAndLetsTheOthersGoOn() throws SQLException {
        Instrument instrument = new Instrument("live-broken", "EURUSD");
        String letters = CandleRows.coins(new Random(5), KNOWN + 40, 0.05);
        CandleRows.replay(instrument.feed());
        CandleRows.put(instrument.feed(), instrument.symbol(), CandleRows.TEN, letters.substring(0, KNOWN));
        String wish = "{\"feed\": \"live-broken\", \"blocks\": 8, \"least_sample\": 1}";
        String broken = live(wish);
        String sound = live(wish);
        StrategyDatabase.shared()
            .market()
            .execute("alter table strategy.catalog_instrument add constraint broken check (job <> '%s') not valid"
                .formatted(broken));
        Set<String> announced = new HashSet<>();
        try {
            for (int i = KNOWN; i < letters.length(); i++) {
                Instant instant = CandleRows.TEN.plus(Duration.ofMinutes(i));
                CandleRows.put(instrument.feed(), instrument.symbol(), instant, letters.substring(i, i + 1));
                minute(instrument, instant)
                    .forEach((upcomingEntry) -> announced.add(upcomingEntry.analysis().toString()));
            }
        }
        finally {
            StrategyDatabase.shared()
                .market()
                .execute("alter table strategy.catalog_instrument drop constraint broken");
        }
        assertThat(announced).containsExactly(sound);
    }

    private String live(String wish) {
        String id = this.caller.analysed(wish).get("id").asString();
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        return id;
    }

    /** The minority, counted letter by letter. */
    private static List<String> expected(String letters) {
        List<String> expected = new ArrayList<>();
        for (int block = KNOWN; block < letters.length(); block += 5) {
            String five = letters.substring(block, block + 5);
            if (!five.contains("D")) {
                long greens = five.chars().filter((letter) -> letter == 'G').count();
                expected.add(CandleRows.TEN.plus(Duration.ofMinutes(block)).toEpochMilli() + " "
                        + ((greens < 3) ? Direction.CALL : Direction.PUT));
            }
        }
        return expected;
    }

    @Test
    void saysAllThatAnEntryNeeds() throws SQLException {
        CandleRows.replay("entry");
        CandleRows.put("entry", "A", CandleRows.TEN, "GGRRR|GGGRR|");
        UUID id = UUID.fromString(this.caller.analysed("{\"feed\": \"entry\"}").get("id").asString());
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        Instrument instrument = new Instrument("entry", "A");
        Instant last = CandleRows.TEN.plus(Duration.ofMinutes(9));
        UpcomingEntry next = minute(instrument, last).getFirst();
        assertThat(next.analysis()).isEqualTo(id);
        assertThat(next.direction()).isEqualTo(Direction.PUT);
        assertThat(next.entryAt()).isEqualTo(last.plusSeconds(60).toEpochMilli());
        assertThat(next.stakes()).hasSize(3);
        assertThat(next.evidence().sample()).isOne();
        assertThat(next.evidence().chance()).isNotNull();
        assertThat(next.id().version()).isEqualTo(5);
        assertThat(minute(instrument, last.minusSeconds(60))).as("within the block").isEmpty();
        assertThat(minute(instrument, CandleRows.TEN.plus(Duration.ofMinutes(4)))).as("over").isEmpty();
        assertThat(minute(new Instrument("entry", "B"), last)).as("nobody watches").isEmpty();
        this.caller.call(HttpMethod.DELETE, "/api/catalog/" + id, "").expectStatus().isNoContent();
        assertThat(minute(instrument, last)).as("removed meanwhile").isEmpty();
    }

    /**
     * Torres Gêmeas: the colour of the first candle, entered at the fifth of the same
     * block.
     */
    @Test
    void announcesEntriesWithinTheBlockAtHoursThatCount() throws SQLException {
        String letters = CandleRows.coins(new Random(6), 120, 0.1);
        CandleRows.replay("towers");
        CandleRows.put("towers", "A", CandleRows.TEN, letters.substring(0, 5));
        String id = this.caller.analysed("{\"feed\": \"towers\", \"pattern\": \"Torres Gêmeas\", \"hours\": [11]}")
            .get("id")
            .asString();
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        List<String> announced = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 5; i < letters.length(); i++) {
            Instant instant = CandleRows.TEN.plus(Duration.ofMinutes(i));
            CandleRows.put("towers", "A", instant, letters.substring(i, i + 1));
            minute(new Instrument("towers", "A"), instant).forEach((upcomingEntry) -> announced
                .add(upcomingEntry.direction() + " " + Instant.ofEpochMilli(upcomingEntry.entryAt())));
            char first = letters.charAt(i - i % 5);
            if (i >= 60 && i % 5 == 3 && first != 'D') {
                expected.add(((first == 'G') ? "CALL " : "PUT ") + instant.plusSeconds(60));
            }
        }
        assertThat(announced).isEqualTo(expected).hasSizeGreaterThan(5);
    }

    @Test
    void goesOnWithFiveAtOnceAndOnlyWithThoseThatAreDone() {
        CandleRows.put("many", "A", CandleRows.TEN, "GGRRRG");
        for (int i = 0; i < 6; i++) {
            String id = this.caller.analysed("{\"feed\": \"many\"}").get("id").asString();
            this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "")
                .expectStatus()
                .isEqualTo((i < 5) ? 204 : 409);
        }
    }

}
