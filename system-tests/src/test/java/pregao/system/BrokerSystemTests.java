package pregao.system;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import pregao.devcluster.InstallationCredentials;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who has no account anywhere connects one of the simulated broker, sees its
 * candles, and places an option with play money.
 */
@SystemTest
class BrokerSystemTests {

    private static final String CANDLES = "/api/market-data?feed=polarium&symbol=EURUSD-OTC&timeframe=M1";

    @Test
    void newcomerSeesCandlesOfTheSimulatorAndPlacesAnOption(SystemUnderTest system) {
        Http trader = trader(system);
        String account = connected(system, trader);

        Await.see("a day of candles", () -> items(trader.get(CANDLES + "&limit=5000")), (items) -> items.size() > 1400);
        Await.see("the forming candle", () -> items(trader.get(CANDLES + "&limit=1")),
                (items) -> !items.path(0).path("final").asBoolean(true));
        assertNoGap(items(trader.get(CANDLES + "&limit=5000")));

        String order = "/api/brokers/accounts/" + account + "/orders/" + UUID.randomUUID();
        Answer placed = trader.send("PUT", order, bytes(Map.of("money", "demo", "option",
                Map.of("symbol", "EURUSD-OTC", "direction", "call", "stake", 10, "seconds", 5, "payout", 87))));
        assertThat(placed.status()).as(placed.toString()).isEqualTo(200);
        assertThat(placed.json().at("/outcome/state").asString()).isEqualTo("placed");
        Await.see("the option to be settled", () -> trader.get(order),
                (answer) -> answer.json().at("/outcome/state").asString().equals("settled"));
    }

    @Test
    void noClosedCandleIsLostWhereIngestIsKilled(SystemUnderTest system) {
        Http trader = trader(system);
        connected(system, trader);
        Await.see("candles", () -> items(trader.get(CANDLES + "&limit=2")), (items) -> items.size() == 2);
        Instant killed = Instant.parse(items(trader.get(CANDLES + "&limit=1")).path(0).path("ts").asString());
        long pid = system.stack().kill9("ingest");
        system.stack().awaitRestart("ingest", pid, Duration.ofMinutes(1));
        Await.see("the candle that was forming to be closed", () -> items(trader.get(CANDLES + "&limit=2")),
                (items) -> items.path(0).path("final").asBoolean()
                        && !Instant.parse(items.path(0).path("ts").asString()).isBefore(killed));
        assertNoGap(items(trader.get(CANDLES + "&limit=500")));
    }

    private static Http trader(SystemUnderTest system) {
        Http nobody = new Http(system.url(), "Content-Type", "application/json");
        Answer admin = nobody.post("/api/auth/login", bytes(Map.of("email", InstallationCredentials.ADMIN, "password",
                new InstallationCredentials(Path.of("target", "pregao").toAbsolutePath()).adminPassword())));
        assertThat(admin.status()).as(admin.toString()).isEqualTo(200);
        return nobody.with("Authorization", "Bearer " + admin.json().path("access_token").asString());
    }

    /** Lets the simulated broker in, with the code that it prints. */
    private static String connected(SystemUnderTest system, Http trader) {
        Answer wanted = trader.post("/api/brokers/polarium/accounts",
                bytes(Map.of("kind", "password", "identifier", "2fa@simulator.local", "password", "demo")));
        assertThat(wanted.status()).as(wanted.toString()).isEqualTo(202);
        String account = wanted.json().path("id").asString();
        Http simulator = new Http(URI.create(system.stack().serviceUrl(Simulator.POLARIUM.partName())));
        Answer opened = trader.post("/api/brokers/accounts/" + account + "/code",
                bytes(Map.of("step", wanted.json().at("/code/step").asString(), "code",
                        simulator.get("/control/state").json().path("code").asString())));
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        return account;
    }

    /** None where nothing is stored of the instrument yet. */
    private static JsonNode items(Answer answer) {
        if (answer.status() == 404) {
            return JsonNodeFactory.instance.arrayNode();
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("items");
    }

    private static void assertNoGap(JsonNode items) {
        Instant expected = Instant.parse(items.path(0).path("ts").asString());
        for (JsonNode item : items) {
            assertThat(item.path("ts").asString()).isEqualTo(expected.toString());
            expected = expected.plusSeconds(60);
        }
    }

    private static byte[] bytes(Map<String, ?> fields) {
        return JsonMapper.shared().writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    }

}
