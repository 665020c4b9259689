package pregao.system;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Http;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of an account that a person reaches by losing on paper.
 */
@SystemTest
class RiskSystemTests {

    private static final BigDecimal NO_LIMIT = new BigDecimal(1_000_000);

    @Test
    void aDayWithTooMuchLossOpensNothingMore(SystemUnderTest system) {
        Account account = Account.thatLost(system);
        account.limit("daily_loss", new BigDecimal(5));
        assertThat(account.buys()).as("it lost about 12 today").isEqualTo("refused daily_loss");
        account.limit("daily_loss", new BigDecimal(50));
        assertThat(account.buys()).isEqualTo("filled ");
    }

    @Test
    void aDrawdownThatIsTooDeepOpensNothingMore(SystemUnderTest system) {
        Account account = Account.thatLost(system);
        account.limit("drawdown", new BigDecimal(5));
        assertThat(account.buys()).as("it is about 12 below its best").isEqualTo("refused drawdown_stop");
        account.limit("drawdown", new BigDecimal(50));
        assertThat(account.buys()).isEqualTo("filled ");
    }

    @Test
    void whatIsHeldCanBeClosedWhateverTheLimits(SystemUnderTest system) {
        Account account = Account.thatLost(system);
        account.limit("daily_loss", new BigDecimal(50));
        assertThat(account.buys()).isEqualTo("filled ");
        account.limit("daily_loss", BigDecimal.ONE);
        assertThat(account.buys()).isEqualTo("refused daily_loss");
        assertThat(account.sells()).isEqualTo("filled ");
    }

    /**
     * The paper account of a new person.
     */
    private record Account(Http person, Trader feed, String id) {

        /** It bought 10 for 100 each, and sold them for 99. */
        static Account thatLost(SystemUnderTest system) {
            Http person = UserSystemTests.newcomer(system);
            String id = person.get("/api/bots/accounts").json().at("/items/0/id").asString();
            Trader feed = system.trader("risk", Feeds.PLAIN);
            Await.see("the feed to be there for orders",
                    () -> system.sql("select feed from market.feed where feed = ?", feed.feed()).isEmpty(),
                    (missing) -> !missing);
            Account account = new Account(person, feed, id);
            account.prices("100.0");
            assertThat(account.order("buy", 10)).isEqualTo("filled ");
            account.prices("99.0");
            assertThat(account.order("sell", 10)).isEqualTo("filled ");
            JsonNode lost = person.get("/api/bots/accounts").json().at("/items/0");
            assertThat(lost.path("day_profit").decimalValue()).isBetween(new BigDecimal("-12.1"),
                    new BigDecimal("-11.9"));
            return account;
        }

        private void prices(String price) {
            String tick = "{\"symbol\":\"GOLD\",\"ts\":\"%s\",\"bid\":%s,\"ask\":%s}"
                .formatted(InstantSource.system().instant(), price, price);
            assertThat(this.feed.ticks(List.of(tick)).status()).isEqualTo(200);
            // What a tiny order is judged at is the price that the next one gets.
            Await.see("orders to be judged at " + price, () -> place("buy", new BigDecimal("0.01")),
                    (order) -> order.path("price").decimalValue(BigDecimal.ZERO).compareTo(new BigDecimal(price)) == 0);
        }

        void limit(String name, BigDecimal limit) {
            Map<String, BigDecimal> limits = new HashMap<>(Map.of("daily_loss", NO_LIMIT, "drawdown", NO_LIMIT));
            limits.put(name, limit);
            Answer answer = this.person.send("PUT", "/api/bots/accounts/" + this.id + "/paper/limits",
                    JsonBodies.of(limits));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }

        /** What became of a small order, while the price is fresh. */
        String buys() {
            prices("99.0");
            return order("buy", 1);
        }

        String sells() {
            prices("99.0");
            return order("sell", 1);
        }

        private String order(String side, int amount) {
            JsonNode order = place(side, new BigDecimal(amount));
            return order.path("state").asString() + " " + order.path("reason").asString();
        }

        private JsonNode place(String side, BigDecimal amount) {
            Answer answer = this.person.send("PUT", "/api/orders/" + UUID.randomUUID(),
                    JsonBodies.of(Map.of("feed", this.feed.feed(), "symbol", "GOLD", "side", side, "amount", amount,
                            "account", "paper", "money", "paper")));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            return answer.json();
        }

    }

}
