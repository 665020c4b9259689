package pregao.strategy.catalog;

import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that analyses outlive the replica that made them.
 */
class RestartTests {

    private final UUID userId = UUID.randomUUID();

    @Test
    void keepResultAfterRestartAndCandleChanges() {
        CandleRows.markAsReplay("again");
        CandleRows.put("again", "A", CandleRows.TEN_OCLOCK, CandleRows.randomLetters(new Random(3), 520, 0.02));
        JsonNode analysis;
        JsonNode blocks;
        String blocksPath = "/blocks?symbol=A&feed=again";
        TestTokenIssuer tokenIssuer = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                tokenIssuer.url())) {
            TestCallers caller = new TestCallers(service, tokenIssuer, this.userId);
            analysis = caller.analyze("{\"feed\": \"again\"}");
            blocks = caller.getJson("/api/catalog/" + analysis.get("id").asString() + blocksPath);
        }
        CandleRows.put("again", "A", CandleRows.TEN_OCLOCK, CandleRows.randomLetters(new Random(4), 520, 0.02));
        TestTokenIssuer secondIssuer = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                secondIssuer.url())) {
            TestCallers caller = new TestCallers(service, secondIssuer, this.userId);
            String path = "/api/catalog/" + analysis.get("id").asString();
            assertThat(caller.getJson(path)).isEqualTo(analysis);
            assertThat(caller.getJson(path + blocksPath)).isEqualTo(blocks);
            assertThat(caller.getJson("/api/catalog").get("items").get(0).get("summary"))
                .isEqualTo(analysis.get("summary"));
            JsonNode newAnalysis = caller.analyze("{\"feed\": \"again\"}");
            assertThat(newAnalysis.get("findings")).as("of the candles as they are now")
                .isNotEqualTo(analysis.get("findings"));
        }
        finally {
            secondIssuer.stop();
        }
    }

    /** A trigger keeps the job from starting. */
    @Test
    void canBeCancelledBeforeTheyStart() {
        CandleRows.put("waits", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
        TestTokenIssuer tokenIssuer = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                tokenIssuer.url())) {
            TestCallers caller = new TestCallers(service, tokenIssuer, this.userId);
            StrategyDatabase.shared().market().execute("""
                    create or replace function strategy.never() returns trigger language plpgsql as
                    $$ begin return null; end $$;
                    create trigger never before update on strategy.job for each row
                    when (new.state = 'running') execute function strategy.never()""");
            String path = "/api/catalog/" + TestCallers.toJson(
                    caller.call(HttpMethod.POST, "/api/catalog", "{\"feed\": \"waits\"}").expectStatus().isAccepted())
                .get("id")
                .asString();
            assertThat(caller.getJson(path).get("state").asString()).isEqualTo("waiting");
            caller.get(path + "/blocks?feed=waits&symbol=A").expectStatus().isEqualTo(409);
            caller.call(HttpMethod.PUT, path + "/live", "").expectStatus().isEqualTo(409);
            caller.call(HttpMethod.DELETE, path, "").expectStatus().isNoContent();
            assertThat(caller.getJson(path).get("state").asString()).isEqualTo("cancelled");
            assertThat(caller.getJson(path).get("findings").isNull()).isTrue();
        }
        finally {
            StrategyDatabase.shared()
                .market()
                .execute("drop trigger if exists never on strategy.job; drop function if exists strategy.never()");
            tokenIssuer.stop();
        }
    }

}
