package pregao.devcluster.command;

import java.util.Map;

import org.junit.jupiter.api.Test;

import pregao.devcluster.postgres.DatabaseCredentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlCommand}.
 */
class SqlCommandTests {

    @Test
    void asksAnExternalDatabaseAsTheUserOfPsqlsVariables() {
        assertThat(SqlCommand.externalLogin(
                Map.of("PGUSER", "operator", "PGPASSWORD", "secret", "PREGAO_DATABASE_PASSWORD_AGGREGATOR", "other")))
            .contains(new DatabaseCredentials("operator", "secret"));
        assertThat(SqlCommand.externalLogin(Map.of("PGUSER", "operator")))
            .contains(new DatabaseCredentials("operator", ""));
    }

    @Test
    void asksAnExternalDatabaseAsTheOwnerOfTheMarketDataOtherwise() {
        assertThat(SqlCommand.externalLogin(Map.of("PREGAO_DATABASE_PASSWORD_AGGREGATOR", "secret")))
            .contains(new DatabaseCredentials("pregao_aggregator", "secret"));
        assertThat(SqlCommand.externalLogin(Map.of())).isEmpty();
    }

}
