package pregao.stack.command;

import java.util.Map;

import org.junit.jupiter.api.Test;

import pregao.stack.postgres.Login;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlCommand}.
 */
class SqlCommandTests {

    @Test
    void asksAnExternalDatabaseAsTheUserOfPsqlsVariables() {
        assertThat(SqlCommand.externalLogin(
                Map.of("PGUSER", "operator", "PGPASSWORD", "secret", "PREGAO_DATABASE_PASSWORD_AGGREGATOR", "other")))
            .contains(new Login("operator", "secret"));
        assertThat(SqlCommand.externalLogin(Map.of("PGUSER", "operator"))).contains(new Login("operator", ""));
    }

    @Test
    void asksAnExternalDatabaseAsTheOwnerOfTheMarketDataOtherwise() {
        assertThat(SqlCommand.externalLogin(Map.of("PREGAO_DATABASE_PASSWORD_AGGREGATOR", "secret")))
            .contains(new Login("pregao_aggregator", "secret"));
        assertThat(SqlCommand.externalLogin(Map.of())).isEmpty();
    }

}
