package pregao.strategy.account;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the accounting currency: the broker determines it, or at an exchange the user
 * does.
 */
class CurrencyTests {

    private final ApiClient api = ApiClient.newcomer();

    @Test
    void isThatOfTheBalance() {
        UUID id = this.api.account("polarium", false);
        ApiClient.Answer response = this.api.order("""
                {"account": "%s", "money": "demo", "feed": "polarium", "symbol": "EURUSD", "side": "call",
                 "amount": 1, "payout": 0.8, "seconds": 60}""".formatted(id));
        assertThat(response.status()).as(response.toString()).isLessThan(300);
        assertThat(account(id).path("currency").stringValue()).isEqualTo("BRL");
        assertThat(account(id).path("balance").decimalValue()).isEqualByComparingTo("9990.5");
        assertThat(item("/api/status", "accounts", id).path("balance").decimalValue()).isEqualByComparingTo("9990.5");
        assertThat(updateCurrency(id, "USDT").status()).as("the broker alone says it").isEqualTo(422);
    }

    @Test
    void isChosenBeforeAnExchangeIsTradedWith() {
        UUID id = this.api.account("binance", false);
        assertThat(updateCurrency(id, "BTC").body().path("currency").stringValue()).isEqualTo("BTC");
        assertThat(updateCurrency(id, "USDT").body().path("currency").stringValue()).isEqualTo("USDT");
        this.api.order("""
                {"account": "%s", "money": "demo", "feed": "binance", "symbol": "BTCUSDT", "side": "buy",
                 "amount": 1}""".formatted(id));
        ApiClient.Answer response = updateCurrency(id, "BTC");
        assertThat(response.status()).as(response.toString()).isEqualTo(409);
        assertThat(updateCurrency(id, "USDT").status()).isEqualTo(200);
        assertThat(ApiClient.newcomer()
            .call(HttpMethod.PUT, "/api/bots/accounts/" + id + "/demo/currency", "{\"currency\":\"BTC\"}")
            .status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"currency\":\"btc\"}", "{\"currency\":7}", "{\"currency\":\"B\"}" })
    void isTheNameOfAnAsset(String body) {
        ApiClient.Answer response = this.api.call(HttpMethod.PUT,
                "/api/bots/accounts/" + this.api.account("binance", false) + "/demo/currency", body);
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.fields()).containsExactly("currency");
    }

    private ApiClient.Answer updateCurrency(UUID id, String currency) {
        return this.api.call(HttpMethod.PUT, "/api/bots/accounts/" + id + "/demo/currency",
                "{\"currency\":\"%s\"}".formatted(currency));
    }

    private JsonNode account(UUID id) {
        return item("/api/bots/accounts", "items", id);
    }

    private JsonNode item(String path, String list, UUID id) {
        return this.api.get(path)
            .body()
            .path(list)
            .values()
            .stream()
            .filter((item) -> item.path("id").stringValue().equals(id.toString()))
            .findFirst()
            .orElseThrow();
    }

}
