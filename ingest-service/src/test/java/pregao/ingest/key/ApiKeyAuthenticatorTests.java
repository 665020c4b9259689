package pregao.ingest.key;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ApiKeyAuthenticator}.
 */
class ApiKeyAuthenticatorTests {

    private final ApiKeyRegistry registry = new ApiKeyRegistry();

    private final ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator(this.registry);

    @Test
    void rejectsWithUnavailableUntilKeysAreLoaded() {
        register("good");
        assertThatThrownBy(() -> this.authenticator.requireApiKey(headersWithKey("unknown"), Scope.INGEST))
            .isInstanceOfSatisfying(IngestException.class,
                    (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
        assertThatThrownBy(() -> this.authenticator.requireApiKey(headersWithKey("good"), Scope.INGEST))
            .as("its feed's clock may not be known")
            .isInstanceOfSatisfying(IngestException.class,
                    (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void rejectsUnknownKeyAfterLoading() {
        this.registry.markLoaded();
        assertThatThrownBy(() -> this.authenticator.requireApiKey(headersWithKey("unknown"), Scope.INGEST))
            .isInstanceOfSatisfying(IngestException.class,
                    (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHORIZED));
    }

    @Test
    void returnsKeyOfValidCredential() {
        register("good");
        this.registry.markLoaded();
        assertThat(this.authenticator.requireApiKey(headersWithKey("good"), Scope.INGEST).owner()).isEqualTo("owner");
    }

    private void register(String key) {
        this.registry.put(ApiKey.hash(key), new ApiKey(ApiKey.hash(key), "owner", "mt5", Set.of(Scope.INGEST), false));
    }

    private static HttpHeaders headersWithKey(String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-API-Key", key);
        return headers;
    }

}
