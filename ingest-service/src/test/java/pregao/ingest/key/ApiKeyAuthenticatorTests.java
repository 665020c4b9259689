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

    private final ApiKeyRegistry keys = new ApiKeyRegistry();

    private final ApiKeyAuthenticator check = new ApiKeyAuthenticator(this.keys);

    @Test
    void asksToTryAgainAsLongAsNotAllKeysAreKnown() {
        know("good");
        assertThatThrownBy(() -> this.check.requireApiKey(with("unknown"), Scope.INGEST)).isInstanceOfSatisfying(
                IngestException.class, (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
        assertThatThrownBy(() -> this.check.requireApiKey(with("good"), Scope.INGEST))
            .as("its feed's clock may not be known")
            .isInstanceOfSatisfying(IngestException.class,
                    (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void refusesAnUnknownKeyOnceAllAreKnown() {
        this.keys.markLoaded();
        assertThatThrownBy(() -> this.check.requireApiKey(with("unknown"), Scope.INGEST)).isInstanceOfSatisfying(
                IngestException.class, (problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHORIZED));
    }

    @Test
    void knowsTheCallerOfAGoodKey() {
        know("good");
        this.keys.markLoaded();
        assertThat(this.check.requireApiKey(with("good"), Scope.INGEST).owner()).isEqualTo("somebody");
    }

    private void know(String key) {
        this.keys.put(ApiKey.hash(key), new ApiKey(ApiKey.hash(key), "somebody", "mt5", Set.of(Scope.INGEST), false));
    }

    private static HttpHeaders with(String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-API-Key", key);
        return headers;
    }

}
