package pregao.ingest.key;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Lets callers with the right API key pass.
 */
@Component
public class ApiKeyAuthenticator {

    private static final String BEARER = "bearer ";

    private final ApiKeyRegistry registry;

    public ApiKeyAuthenticator(ApiKeyRegistry registry) {
        this.registry = registry;
    }

    /**
     * The caller of a request.
     * @param headers the request's
     * @param scope what the request needs
     * @return the caller's key
     * @throws IngestException 401 without a valid key, 403 where it lacks the scope, 503
     * as long as keys and feeds are not all known: a good key would be refused, and times
     * read by the wrong clock
     */
    public ApiKey requireApiKey(HttpHeaders headers, Scope scope) {
        String credential = readCredential(headers);
        if (credential == null) {
            throw unauthorized("send the key in the header X-API-Key, or in Authorization behind Bearer");
        }
        requireLoaded();
        ApiKey key = this.registry.find(credential);
        if (key == null || key.revoked()) {
            throw unauthorized((key == null) ? "the API key is unknown" : "the API key was revoked");
        }
        if (!key.may(scope)) {
            throw IngestException.of(ProblemType.FORBIDDEN, "the API key lacks the scope " + scope.text());
        }
        return key;
    }

    /**
     * Fails as long as keys and feeds are not all known.
     * @throws IngestException 503 until they are
     */
    public void requireLoaded() {
        if (!this.registry.isLoaded()) {
            throw IngestException.retryLater(ProblemType.UNAVAILABLE, "API keys and feeds are still being read");
        }
    }

    /**
     * Reads what a caller shows: {@code X-API-Key}, or {@code Authorization}.
     * @param headers the request's
     * @return a key or a token, or null if there is none
     */
    public static @Nullable String readCredential(HttpHeaders headers) {
        String key = headers.getFirst("X-API-Key");
        if (key != null && !key.isBlank()) {
            return key.strip();
        }
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        boolean isBearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return (authorization != null && isBearer) ? authorization.substring(BEARER.length()).strip() : null;
    }

    /**
     * A request that shows nothing valid.
     * @param detail what is wrong
     * @return 401
     */
    public static IngestException unauthorized(String detail) {
        return IngestException.of(ProblemType.UNAUTHORIZED, detail)
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pregao\"");
    }

}
