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
 * Analyses outlive the replica that made them.
 */
class RestartTests {

    private final UUID person = UUID.randomUUID();

    @Test
    void showWhatTheyShowedThoughCandlesHaveChanged() {
        CandleRows.replay("again");
        CandleRows.put("again", "A", CandleRows.TEN, CandleRows.coins(new Random(3), 520, 0.02));
        JsonNode done;
        JsonNode blocks;
        String at = "/blocks?symbol=A&feed=again";
        TestTokenIssuer signer = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                signer.url())) {
            TestCallers caller = new TestCallers(service, signer, this.person);
            done = caller.analysed("{\"feed\": \"again\"}");
            blocks = caller.read("/api/catalog/" + done.get("id").asString() + at);
        }
        CandleRows.put("again", "A", CandleRows.TEN, CandleRows.coins(new Random(4), 520, 0.02));
        TestTokenIssuer other = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
                other.url())) {
            TestCallers caller = new TestCallers(service, other, this.person);
            String path = "/api/catalog/" + done.get("id").asString();
            assertThat(caller.read(path)).isEqualTo(done);
            assertThat(caller.read(path + at)).isEqualTo(blocks);
            assertThat(caller.read("/api/catalog").get("items").get(0).get("summary")).isEqualTo(done.get("summary"));
            JsonNode anew = caller.analysed("{\"feed\": \"again\"}");
            assertThat(anew.get("findings")).as("of the candles as they are now").isNotEqualTo(done.get("findings"));
        }
        finally {
            other.stop();
        }
    }

    /** Nobody works on it, as the only thread is busy with nothing that ends. */
    @Test
    void areCalledOffBeforeTheyBegin() {
        CandleRows.put("waits", "A", CandleRows.TEN, "GGRRRG");
        TestTokenIssuer own = new TestTokenIssuer();
        try (ServiceUnderTest service = StrategyTestEnvironment.start(StrategyDatabase.shared().market(), own.url())) {
            TestCallers caller = new TestCallers(service, own, this.person);
            StrategyDatabase.shared().market().execute("""
                    create or replace function strategy.never() returns trigger language plpgsql as
                    $$ begin return null; end $$;
                    create trigger never before update on strategy.job for each row
                    when (new.state = 'running') execute function strategy.never()""");
            String path = "/api/catalog/" + TestCallers
                .json(caller.call(HttpMethod.POST, "/api/catalog", "{\"feed\": \"waits\"}").expectStatus().isAccepted())
                .get("id")
                .asString();
            assertThat(caller.read(path).get("state").asString()).isEqualTo("waiting");
            caller.get(path + "/blocks?feed=waits&symbol=A").expectStatus().isEqualTo(409);
            caller.call(HttpMethod.PUT, path + "/live", "").expectStatus().isEqualTo(409);
            caller.call(HttpMethod.DELETE, path, "").expectStatus().isNoContent();
            assertThat(caller.read(path).get("state").asString()).isEqualTo("cancelled");
            assertThat(caller.read(path).get("findings").isNull()).isTrue();
        }
        finally {
            StrategyDatabase.shared()
                .market()
                .execute("drop trigger if exists never on strategy.job; drop function if exists strategy.never()");
            own.stop();
        }
    }

}
