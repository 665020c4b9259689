package pregao.ingest.access;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.key.ApiKeyAuthenticator;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Authentication of callers by an API key with the scope {@code ingest} or by an access
 * token. The owner of a feed can see and change its quarantined items and conflicts, and
 * so can admins.
 */
@Component
public class CallerCheck {

    private final ApiKeyAuthenticator authenticator;

    private final FeedRegistry feedRegistry;

    private final ReactiveJwtDecoder jwtDecoder;

    CallerCheck(ApiKeyAuthenticator authenticator, FeedRegistry feedRegistry, ReactiveJwtDecoder jwtDecoder) {
        this.authenticator = authenticator;
        this.feedRegistry = feedRegistry;
        this.jwtDecoder = jwtDecoder;
    }

    /**
     * Authenticates the caller of a request.
     * @param headers the headers of the request
     * @return the caller, or an {@link IngestException}: 401 without a valid key or
     * token, 403 without the required scope, 503 while keys or tokens cannot be checked
     */
    public Mono<Caller> authenticate(HttpHeaders headers) {
        return Mono.defer(() -> {
            String credential = ApiKeyAuthenticator.readCredential(headers);
            if (credential != null && isJwt(credential)) {
                this.authenticator.requireLoaded();
                return this.jwtDecoder.decode(credential)
                    .onErrorMap(CallerCheck::isTokenFailure, CallerCheck::toIngestException)
                    .map(this::toCaller);
            }
            ApiKey key = this.authenticator.requireApiKey(headers, Scope.INGEST);
            return Mono.just(Caller.ofKey(key.owner(), key.feed()));
        });
    }

    /** API keys never have this form. */
    private static boolean isJwt(String credential) {
        return credential.startsWith("ey") && credential.chars().filter((character) -> character == '.').count() == 2;
    }

    private static boolean isTokenFailure(Throwable failure) {
        return failure instanceof JwtException || failure instanceof AuthenticationServiceException;
    }

    private static IngestException toIngestException(Throwable failure) {
        return (failure instanceof BadJwtException)
                ? ApiKeyAuthenticator.unauthorized("the token is not valid, or not any more") : IngestException
                    .retryLater(ProblemType.UNAVAILABLE, "tokens cannot be checked at the moment", failure);
    }

    private Caller toCaller(Jwt token) {
        String user = token.getSubject();
        if (user == null) {
            throw ApiKeyAuthenticator.unauthorized("the token names no user");
        }
        List<String> scopes = Arrays.asList(Objects.requireNonNullElse(token.getClaimAsString("scope"), "").split(" "));
        String feed = token.getClaimAsString("feed");
        if (feed != null) { // The gateway exchanged an API key for this token.
            requireScope(scopes, Scope.INGEST);
            return Caller.ofKey(user, feed);
        }
        requireScope(scopes, Scope.READ);
        List<String> roles = Objects.requireNonNullElse(token.getClaimAsStringList("roles"), List.of());
        Predicate<String> feedAccess = roles.contains("admin") ? this.feedRegistry::isKnown
                : (name) -> user.equals(this.feedRegistry.findOwner(name));
        return Caller.ofUser(user, feedAccess);
    }

    private static void requireScope(List<String> scopes, Scope scope) {
        if (!scopes.contains(scope.text())) {
            throw IngestException.of(ProblemType.FORBIDDEN, "the token lacks the scope " + scope.text());
        }
    }

}
