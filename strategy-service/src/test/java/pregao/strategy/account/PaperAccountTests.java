package pregao.strategy.account;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the paper account of a user who has not traded yet.
 */
class PaperAccountTests {

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final ApiClient api = ApiClient.newcomer();

    @Test
    void isListedAndNotMade() {
        JsonNode items = this.api.call(HttpMethod.GET, "/api/bots/accounts", null, "read", MediaType.APPLICATION_JSON)
            .body()
            .path("items");

        assertThat(items.size()).isEqualTo(1);
        assertThat(items.path(0).path("broker").stringValue()).isEqualTo("paper");
        assertThat(items.path(0).path("currency").stringValue()).isEqualTo("USD");
        assertThat(items.path(0).path("balance").decimalValue()).isEqualByComparingTo("10000");
        assertThat(countStoredAccounts()).isZero();
    }

    @Test
    void isMadeWithItsFirstLimit() {
        JsonNode listed = account();
        JsonNode limited = this.api
            .call(HttpMethod.PUT, "/api/bots/accounts/" + listed.path("id").stringValue() + "/paper/limits", "{}")
            .body();

        assertThat(limited.equals(PaperAccountTests::compareNumbers, listed)).as(limited + " as " + listed).isTrue();
        assertThat(account()).isEqualTo(limited);
        assertThat(countStoredAccounts()).isOne();
    }

    @Test
    void isMadeWithItsFirstReset() {
        String path = "/api/bots/accounts/" + account().path("id").stringValue() + "/paper/drawdown/reset";

        assertThat(ApiClient.newcomer().post(path, "{\"reason\":\"not mine\"}").status()).isEqualTo(404);
        assertThat(countStoredAccounts()).isZero();
        assertThat(this.api.post(path, "{\"reason\":\"deposit\"}").status()).isEqualTo(200);
        assertThat(countStoredAccounts()).isOne();
    }

    private JsonNode account() {
        return this.api.get("/api/bots/accounts").body().path("items").path(0);
    }

    /** Compares numbers by value, because the database stores trailing zeros. */
    private static int compareNumbers(JsonNode left, JsonNode right) {
        return (left.isNumber() && right.isNumber()) ? left.decimalValue().compareTo(right.decimalValue())
                : Boolean.compare(left.equals(right), true);
    }

    private long countStoredAccounts() {
        return this.database.sql("select count(*) from strategy.account where person = :person")
            .param("person", this.api.person())
            .query(Long.class)
            .single();
    }

}
