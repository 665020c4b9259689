package pregao.gateway.auth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.gateway.key.ApiKeyRegistry;
import pregao.gateway.problem.ProblemDefinition;
import pregao.gateway.problem.ProblemException;
import pregao.gateway.token.ApiKeyTokenIssuer;
import pregao.gateway.token.AuthenticatedUser;
import pregao.gateway.token.UserTokenVerifier;

/**
 * Factory of gateway filters that authenticate requests by API key or token and require a
 * scope.
 */
@Component
public class AuthorizationFilters {

    /**
     * The exchange attribute with the token that replaces the credentials of the
     * forwarded request.
     */
    public static final String TOKEN_ATTRIBUTE = AuthorizationFilters.class.getName() + ".token";

    /** The exchange attribute with the ID of the authenticated user. */
    public static final String USER_ATTRIBUTE = AuthorizationFilters.class.getName() + ".user";

    private final ApiKeyRegistry apiKeys;

    private final ApiKeyTokenIssuer tokenIssuer;

    private final UserTokenVerifier tokenVerifier;

    AuthorizationFilters(ApiKeyRegistry apiKeys, ApiKeyTokenIssuer tokenIssuer, UserTokenVerifier tokenVerifier) {
        this.apiKeys = apiKeys;
        this.tokenIssuer = tokenIssuer;
        this.tokenVerifier = tokenVerifier;
    }

    /**
     * Creates a filter for services that verify API keys themselves. It forwards the key
     * unchanged.
     * @param scope the scope that the key must have
     * @return the filter
     */
    public GatewayFilter requireApiKey(Scope scope) {
        return (exchange, chain) -> {
            authorizeKey(exchange, List.of(scope));
            return chain.filter(exchange);
        };
    }

    /**
     * Creates a filter for services that verify both API keys and user tokens themselves.
     * It forwards both unchanged.
     * @param keyScope the scope that an API key must have
     * @param tokenScope the scope that a user token must have
     * @return the filter
     */
    public GatewayFilter requireApiKeyOrToken(Scope keyScope, Scope tokenScope) {
        return (exchange, chain) -> {
            Optional<String> bearer = findBearer(exchange);
            if (bearer.isPresent()) {
                authorizeToken(exchange, bearer.get(), List.of(tokenScope));
                exchange.getAttributes().put(TOKEN_ATTRIBUTE, bearer.get());
            }
            else {
                authorizeKey(exchange, List.of(keyScope));
            }
            return chain.filter(exchange);
        };
    }

    /**
     * Creates a filter for services that verify tokens. It forwards a user token, and
     * replaces an API key with a token.
     * @param scopes the scopes of which the caller must have at least one
     * @return the filter
     */
    public GatewayFilter requireToken(Scope... scopes) {
        List<Scope> requiredScopes = List.of(scopes);
        return (exchange, chain) -> {
            exchange.getAttributes().put(TOKEN_ATTRIBUTE, resolveToken(exchange, requiredScopes));
            return chain.filter(exchange);
        };
    }

    /**
     * Authenticates a request that the gateway itself responds to.
     * @param exchange the exchange
     * @param scope the required scope
     * @return the caller
     */
    public CallerPrincipal authenticate(ServerWebExchange exchange, Scope scope) {
        Optional<String> bearer = findBearer(exchange);
        if (bearer.isPresent()) {
            AuthenticatedUser user = authorizeToken(exchange, bearer.get(), List.of(scope));
            return new CallerPrincipal(user.person(), user.session(), "");
        }
        ApiKey apiKey = authorizeKey(exchange, List.of(scope));
        return new CallerPrincipal(apiKey.owner(), ApiKeyTokenIssuer.getSessionId(apiKey), apiKey.feed());
    }

    private String resolveToken(ServerWebExchange exchange, List<Scope> requiredScopes) {
        Optional<String> bearer = findBearer(exchange);
        if (bearer.isEmpty()) {
            return this.tokenIssuer.issue(authorizeKey(exchange, requiredScopes));
        }
        authorizeToken(exchange, bearer.get(), requiredScopes);
        return bearer.get();
    }

    private static Optional<String> findBearer(ServerWebExchange exchange) {
        return CredentialExtractor.extract(exchange.getRequest().getHeaders()).filter(UserTokenVerifier::isToken);
    }

    private AuthenticatedUser authorizeToken(ServerWebExchange exchange, String token, List<Scope> requiredScopes) {
        AuthenticatedUser user = this.tokenVerifier.verify(token).orElseThrow(this::createInvalidTokenError);
        if (requiredScopes.stream().noneMatch((scope) -> user.scopes().contains(scope.text()))) {
            throw ProblemDefinition.forbidden(joinNames(requiredScopes)).asException();
        }
        exchange.getAttributes().put(USER_ATTRIBUTE, user.person());
        return user;
    }

    private ProblemException createInvalidTokenError() {
        return (this.tokenVerifier.isReady()
                ? ProblemDefinition.unauthenticated("The token is not valid, or not any more")
                : ProblemDefinition.unavailable("Tokens cannot be checked yet"))
            .asException();
    }

    private ApiKey authorizeKey(ServerWebExchange exchange, List<Scope> requiredScopes) {
        String credential = CredentialExtractor.extract(exchange.getRequest().getHeaders())
            .orElseThrow(() -> ProblemDefinition
                .unauthenticated("Send an API key in the header X-API-Key, or the token of a login")
                .asException());
        ApiKey apiKey = findKey(credential);
        if (requiredScopes.stream().noneMatch(apiKey::may)) {
            throw ProblemDefinition.forbidden(joinNames(requiredScopes)).asException();
        }
        exchange.getAttributes().put(USER_ATTRIBUTE, apiKey.owner());
        return apiKey;
    }

    private static String joinNames(List<Scope> scopes) {
        return scopes.stream().map(Scope::text).collect(Collectors.joining(" or "));
    }

    private ApiKey findKey(String credential) {
        Optional<ApiKey> apiKey = this.apiKeys.find(credential);
        if (apiKey.isEmpty() && !this.apiKeys.isComplete()) {
            throw ProblemDefinition.unavailable("API keys are not known yet").asException();
        }
        return apiKey
            .orElseThrow(() -> ProblemDefinition.unauthenticated("The API key is unknown or revoked").asException());
    }

}
