package pregao.strategy.security;

import org.junit.jupiter.api.Test;

import pregao.strategy.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a login that was revoked while its access token is still valid.
 */
class EndedLoginTests {

    @Test
    void movesNoMoneyAndReadsOn() {
        ApiClient person = ApiClient.newcomer();
        person.logout();
        assertThat(person.post("/api/bots", "{}").status()).isEqualTo(401);
        assertThat(person.post("/api/orders", "{}").status()).isEqualTo(401);
        assertThat(person.post("/api/positions/7/close", "{}").status()).isEqualTo(401);
        assertThat(person.get("/api/bots").status()).isEqualTo(200);
        assertThat(ApiClient.newcomer().post("/api/bots", "{}").status()).isNotIn(401, 503);
    }

}
