package pregao.ingest.key;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Authentication of callers by API key.
 */
@Component
public class ApiKeyAuthenticator {

    private static final String BEARER = "bearer ";

    private final ApiKeyRegistry registry;

    public ApiKeyAuthenticator(ApiKeyRegistry registry) {
        this.registry = registry;
    }

    /**
     * Authenticates the caller of a request.
     * @param headers the headers of the request
     * @param scope the required scope
     * @return the API key of the caller
     * @throws IngestException 401 without a valid key; 403 if it lacks the scope; 503
     * until all keys and feeds are loaded, because a valid key would be rejected and
     * timestamps would be resolved in the wrong time zone
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
     * Checks that all keys and feeds are loaded.
     * @throws IngestException 503 if they are not
     */
    public void requireLoaded() {
        if (!this.registry.isLoaded()) {
            throw IngestException.retryLater(ProblemType.UNAVAILABLE, "API keys and feeds are still being read");
        }
    }

    /**
     * Reads the credential from {@code X-API-Key} or from {@code Authorization}.
     * @param headers the headers of the request
     * @return an API key or a token, or null if there is none
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
     * Creates the error for a request without a valid credential.
     * @param detail the reason
     * @return the exception, with status 401
     */
    public static IngestException unauthorized(String detail) {
        return IngestException.of(ProblemType.UNAUTHORIZED, detail)
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"pregao\"");
    }

}
