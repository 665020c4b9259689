package pregao.strategy.account;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the drawdown reset of an account and its record.
 */
class DrawdownResetTests {

    private static final String BODY = "{\"reason\":\"the feed was wrong\"}";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final ApiClient api = ApiClient.newcomer();

    private String path = "";

    @BeforeEach
    void fallsFrom20To100Below0() {
        String account = "/api/bots/accounts/%s/paper".formatted(account().path("id").stringValue());
        assertThat(this.api.call(HttpMethod.PUT, account + "/limits", "{}").status()).isEqualTo(200);
        this.path = account + "/drawdown/reset";
        this.database
            .sql("update strategy.account set peak = 20, profit = -100, day_profit = -7 where person = :person")
            .param("person", this.api.person())
            .update();
    }

    @Test
    void takesTheProfitForItsHighest() {
        assertThat(account().path("drawdown").decimalValue()).isEqualByComparingTo("120");
        ApiClient.Answer response = this.api.post(this.path, BODY);
        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body().path("drawdown").decimalValue()).isZero();
        assertThat(account()).isEqualTo(response.body());
        assertThat(account().path("profit").decimalValue()).as("what was lost stays so").isEqualByComparingTo("-100");
        assertThat(account().path("day_profit").decimalValue()).isEqualByComparingTo("-7");
    }

    @Test
    void keepsWhoAskedAndWhy() {
        this.api.post(this.path, BODY);
        assertThat(this.database.sql("""
                select reason || ' ' || trim_scale(peak) || ' ' || trim_scale(profit) from strategy.drawdown_reset
                where person = :person""").param("person", this.api.person()).query(String.class).list())
            .containsExactly("the feed was wrong 20 -100");
    }

    @Test
    void isOnlyForWhoOwnsTheAccountAndMayTrade() {
        assertThat(ApiClient.newcomer().post(this.path, BODY).status()).isEqualTo(404);
        assertThat(this.api.post(this.path.replace("paper", "real"), BODY).status()).isEqualTo(404);
        assertThat(this.api.post(this.path.replace("paper", "gold"), BODY).status()).isEqualTo(404);
        assertThat(this.api.call(HttpMethod.POST, this.path, BODY, "read", MediaType.APPLICATION_JSON).status())
            .isEqualTo(403);
        assertThat(account().path("drawdown").decimalValue()).isEqualByComparingTo("120");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"reason\":\"\"}", "{\"reason\":7}" })
    void wantsAReason(String body) {
        ApiClient.Answer response = this.api.post(this.path, body);
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.fields()).containsExactly("reason");
    }

    private JsonNode account() {
        return this.api.get("/api/bots/accounts").body().path("items").get(0);
    }

}
