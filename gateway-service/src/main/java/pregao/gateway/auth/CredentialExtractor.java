package pregao.gateway.auth;

import java.util.Optional;

import org.springframework.http.HttpHeaders;

/**
 * Extracts the credential of a request from {@code X-API-Key}, or from {@code
 * Authorization}, which some trading terminals send instead.
 */
final class CredentialExtractor {

    static final String API_KEY_HEADER = "X-API-Key";

    private static final String BEARER = "Bearer ";

    private CredentialExtractor() {
    }

    static Optional<String> extract(HttpHeaders headers) {
        String key = headers.getFirst(API_KEY_HEADER);
        if (key != null && !key.isBlank()) {
            return Optional.of(key.strip());
        }
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip()).filter((bearer) -> !bearer.isEmpty());
        }
        return Optional.empty();
    }

}
