package pregao.system;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bots that trade as often as they can at both brokers.
 */
final class BotFixtures {

    private static final Map<String, BigDecimal> LIMITS = Map.of("stake", new BigDecimal(10_000), "exposure",
            new BigDecimal(1_000_000), "daily_loss", new BigDecimal(1_000_000), "drawdown", new BigDecimal(1_000_000),
            "gales", new BigDecimal(5));

    private final List<String> bots = new ArrayList<>();

    private final RetryingClient person;

    BotFixtures(RetryingClient person) {
        this.person = person;
    }

    void start(String binance, String polarium) {
        for (String stop : List.of("0.0002", "0.001", "0.01")) {
            add(Map.of("name", "spot " + stop, "account", binance, "stake", 200, "strategy",
                    Map.of("name", "colour", "timeframe", "M1", "buy", Map.of("above", List.of("close", "open")),
                            "sell", Map.of("below", List.of("close", "open")), "stop", new BigDecimal(stop), "take",
                            new BigDecimal(stop)),
                    "instruments", instruments("binance", List.of("BTCUSDT", "ETHUSDT"))));
        }
        List<String> assets = List.of("EURUSD-OTC", "GBPUSD-OTC", "USDJPY-OTC");
        for (String pattern : List.of("Padrão 23", "Torres Gêmeas")) {
            for (int i = 0; i < assets.size(); i++) {
                add(Map.of("name", pattern + " " + assets.get(i), "account", polarium, "options",
                        Map.of("pattern", pattern, "stake", this.bots.size() + 1, "levels",
                                List.of(1, new BigDecimal("2.1"), new BigDecimal("4.3")), "payout",
                                ExternalTradingClient.PAYOUTS.get(i)),
                        "instruments", instruments("polarium", List.of(assets.get(i)))));
            }
        }
        for (String account : List.of(binance, polarium)) {
            Answer limited = this.person.ask("PUT", "/api/bots/accounts/" + account + "/demo/limits",
                    JsonBodies.of(LIMITS));
            assertThat(limited.status()).as(limited.toString()).isEqualTo(200);
        }
        this.bots.forEach((bot) -> this.person.ask("POST", "/api/bots/" + bot + "/start", new byte[0]));
    }

    private static List<Map<String, String>> instruments(String feed, List<String> symbols) {
        return symbols.stream().map((symbol) -> Map.of("feed", feed, "symbol", symbol)).toList();
    }

    private void add(Map<String, ?> bot) {
        Answer answer = this.person.ask("POST", "/api/bots", JsonBodies.of(bot));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        this.bots.add(answer.json().path("id").asString());
    }

    /** Has all of them close what they hold. */
    void stop() {
        this.bots.forEach((bot) -> this.person.ask("POST", "/api/bots/" + bot + "/stop?close=true", new byte[0]));
    }

    void awaitRest() {
        for (String bot : this.bots) {
            Await.see("the bot to be at rest", java.time.Duration.ofMinutes(3),
                    () -> this.person.ask("GET", "/api/bots/" + bot, new byte[0]),
                    (answer) -> answer.json().path("state").asString().equals("stopped"));
        }
    }

}
