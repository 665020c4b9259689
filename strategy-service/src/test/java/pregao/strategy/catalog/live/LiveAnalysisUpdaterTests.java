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
 * Tests that updates minute by minute give the same result as an analysis of all candles.
 */
class LiveAnalysisUpdaterTests {

    private static final TestTokenIssuer TOKEN_ISSUER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            TOKEN_ISSUER.url());

    private static final Instrument LIVE = new Instrument("live", "EURUSD");

    private static final int INITIAL_CANDLES = 60;

    private final TestCallers caller = new TestCallers(SERVICE, TOKEN_ISSUER, UUID.randomUUID());

    private final LiveAnalysisUpdater updater = new LiveAnalysisUpdater(
            JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());

    @AfterAll
    static void stop() {
        SERVICE.close();
        TOKEN_ISSUER.stop();
    }

    private List<UpcomingEntry> processMinute(Instrument instrument, Instant openTime) throws SQLException {
        return RetryingTransaction.run(StrategyDatabase.shared().pool(),
                (connection) -> this.updater.processMinute(connection, instrument, openTime.toEpochMilli()));
    }

    @Test
    void updatesResultAndAnnouncesNextEntry() throws SQLException {
        String letters = CandleRows.randomLetters(new Random(5), INITIAL_CANDLES + 40, 0.05);
        CandleRows.markAsReplay(LIVE.feed());
        CandleRows.put(LIVE.feed(), LIVE.symbol(), CandleRows.TEN_OCLOCK, letters.substring(0, INITIAL_CANDLES));
        String request = "{\"feed\": \"live\", \"blocks\": 8, \"least_sample\": 1}";
        String id = this.caller.analyze(request).get("id").asString();
        String path = "/api/catalog/" + id;
        this.caller.call(HttpMethod.PUT, path + "/live", "").expectStatus().isNoContent();
        List<String> entryTexts = new ArrayList<>();
        for (int i = INITIAL_CANDLES; i < letters.length(); i++) {
            Instant openTime = CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(i));
            CandleRows.put(LIVE.feed(), LIVE.symbol(), openTime, letters.substring(i, i + 1));
            List<UpcomingEntry> entries = processMinute(LIVE, openTime);
            assertThat(processMinute(LIVE, openTime)).as("told again").isEqualTo(entries);
            entries.forEach((upcomingEntry) -> entryTexts.add(upcomingEntry.block() + " " + upcomingEntry.direction()));
            if ((i + 1) % 5 == 0) {
                JsonNode liveAnalysis = this.caller.getJson(path);
                assertThat(liveAnalysis.get("live").asBoolean()).isTrue();
                JsonNode newAnalysis = this.caller.analyze(request);
                assertThat(liveAnalysis.get("findings")).as("minute %d", i).isEqualTo(newAnalysis.get("findings"));
                assertThat(liveAnalysis.get("summary")).isEqualTo(newAnalysis.get("summary"));
                assertThat(this.caller.getJson(path + "/blocks?feed=live&symbol=EURUSD").get("items")).isEqualTo(
                        this.caller
                            .getJson("/api/catalog/%s/blocks?feed=live&symbol=EURUSD"
                                .formatted(newAnalysis.get("id").asString()))
                            .get("items"));
                this.caller.call(HttpMethod.DELETE, "/api/catalog/" + newAnalysis.get("id").asString(), "");
            }
        }
        assertThat(entryTexts).isEqualTo(expectedEntries(letters));
        Instant lateOpenTime = CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(letters.length() - 11));
        CandleRows.put(LIVE.feed(), LIVE.symbol(), lateOpenTime, "D");
        assertThat(processMinute(LIVE, lateOpenTime)).as("over long ago").isEmpty();
        assertThat(this.caller.getJson(path).get("findings")).as("of a candle that comes late")
            .isEqualTo(this.caller.analyze(request).get("findings"));
        this.caller.call(HttpMethod.DELETE, path + "/live", "").expectStatus().isNoContent();
        this.caller.call(HttpMethod.DELETE, path + "/live", "").expectStatus().isNotFound();
        assertThat(this.caller.getJson(path).get("live").asBoolean()).isFalse();
    }

    @Test
    void skipsFailingAnalysis() throws SQLException {
        Instrument instrument = new Instrument("live-broken", "EURUSD");
        String letters = CandleRows.randomLetters(new Random(5), INITIAL_CANDLES + 40, 0.05);
        CandleRows.markAsReplay(instrument.feed());
        CandleRows.put(instrument.feed(), instrument.symbol(), CandleRows.TEN_OCLOCK,
                letters.substring(0, INITIAL_CANDLES));
        String request = "{\"feed\": \"live-broken\", \"blocks\": 8, \"least_sample\": 1}";
        String brokenId = createLiveAnalysis(request);
        String soundId = createLiveAnalysis(request);
        StrategyDatabase.shared()
            .market()
            .execute("alter table strategy.catalog_instrument add constraint broken check (job <> '%s') not valid"
                .formatted(brokenId));
        Set<String> announcedIds = new HashSet<>();
        try {
            for (int i = INITIAL_CANDLES; i < letters.length(); i++) {
                Instant openTime = CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(i));
                CandleRows.put(instrument.feed(), instrument.symbol(), openTime, letters.substring(i, i + 1));
                processMinute(instrument, openTime)
                    .forEach((upcomingEntry) -> announcedIds.add(upcomingEntry.analysis().toString()));
            }
        }
        finally {
            StrategyDatabase.shared()
                .market()
                .execute("alter table strategy.catalog_instrument drop constraint broken");
        }
        assertThat(announcedIds).containsExactly(soundId);
    }

    private String createLiveAnalysis(String request) {
        String id = this.caller.analyze(request).get("id").asString();
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        return id;
    }

    /** Returns the entries of the minority pattern, computed independently. */
    private static List<String> expectedEntries(String letters) {
        List<String> expected = new ArrayList<>();
        for (int blockIndex = INITIAL_CANDLES; blockIndex < letters.length(); blockIndex += 5) {
            String blockLetters = letters.substring(blockIndex, blockIndex + 5);
            if (!blockLetters.contains("D")) {
                long greens = blockLetters.chars().filter((letter) -> letter == 'G').count();
                expected.add(CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(blockIndex)).toEpochMilli() + " "
                        + ((greens < 3) ? Direction.CALL : Direction.PUT));
            }
        }
        return expected;
    }

    @Test
    void entryIsComplete() throws SQLException {
        CandleRows.markAsReplay("entry");
        CandleRows.put("entry", "A", CandleRows.TEN_OCLOCK, "GGRRR|GGGRR|");
        UUID id = UUID.fromString(this.caller.analyze("{\"feed\": \"entry\"}").get("id").asString());
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        Instrument instrument = new Instrument("entry", "A");
        Instant lastOpenTime = CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(9));
        UpcomingEntry entry = processMinute(instrument, lastOpenTime).getFirst();
        assertThat(entry.analysis()).isEqualTo(id);
        assertThat(entry.direction()).isEqualTo(Direction.PUT);
        assertThat(entry.entryAt()).isEqualTo(lastOpenTime.plusSeconds(60).toEpochMilli());
        assertThat(entry.stakes()).hasSize(3);
        assertThat(entry.evidence().sample()).isOne();
        assertThat(entry.evidence().chance()).isNotNull();
        assertThat(entry.id().version()).isEqualTo(5);
        assertThat(processMinute(instrument, lastOpenTime.minusSeconds(60))).as("within the block").isEmpty();
        assertThat(processMinute(instrument, CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(4)))).as("over").isEmpty();
        assertThat(processMinute(new Instrument("entry", "B"), lastOpenTime)).as("nobody watches").isEmpty();
        this.caller.call(HttpMethod.DELETE, "/api/catalog/" + id, "").expectStatus().isNoContent();
        assertThat(processMinute(instrument, lastOpenTime)).as("removed meanwhile").isEmpty();
    }

    /**
     * Torres Gêmeas enters in the fifth candle, in the color of the first candle of the
     * same block.
     */
    @Test
    void announcesEntriesInSameBlockAtSelectedHours() throws SQLException {
        String letters = CandleRows.randomLetters(new Random(6), 120, 0.1);
        CandleRows.markAsReplay("towers");
        CandleRows.put("towers", "A", CandleRows.TEN_OCLOCK, letters.substring(0, 5));
        String id = this.caller.analyze("{\"feed\": \"towers\", \"pattern\": \"Torres Gêmeas\", \"hours\": [11]}")
            .get("id")
            .asString();
        this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "").expectStatus().isNoContent();
        List<String> entryTexts = new ArrayList<>();
        List<String> expectedTexts = new ArrayList<>();
        for (int i = 5; i < letters.length(); i++) {
            Instant openTime = CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(i));
            CandleRows.put("towers", "A", openTime, letters.substring(i, i + 1));
            processMinute(new Instrument("towers", "A"), openTime).forEach((upcomingEntry) -> entryTexts
                .add(upcomingEntry.direction() + " " + Instant.ofEpochMilli(upcomingEntry.entryAt())));
            char firstLetter = letters.charAt(i - i % 5);
            if (i >= 60 && i % 5 == 3 && firstLetter != 'D') {
                expectedTexts.add(((firstLetter == 'G') ? "CALL " : "PUT ") + openTime.plusSeconds(60));
            }
        }
        assertThat(entryTexts).isEqualTo(expectedTexts).hasSizeGreaterThan(5);
    }

    @Test
    void allowsFiveLiveAnalysesPerUser() {
        CandleRows.put("many", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
        for (int i = 0; i < 6; i++) {
            String id = this.caller.analyze("{\"feed\": \"many\"}").get("id").asString();
            this.caller.call(HttpMethod.PUT, "/api/catalog/%s/live".formatted(id), "")
                .expectStatus()
                .isEqualTo((i < 5) ? 204 : 409);
        }
    }

}
