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
 * Lets a request on where its API key has the scope of the route.
 */
@Component
public class AuthorizationFilters {

    /**
     * The attribute of a request that is to go on with a token as its only credential.
     */
    public static final String TOKEN = AuthorizationFilters.class.getName() + ".token";

    /** The attribute of a request whose user is known. */
    public static final String USER = AuthorizationFilters.class.getName() + ".user";

    private final ApiKeyRegistry keys;

    private final ApiKeyTokenIssuer tokens;

    private final UserTokenVerifier people;

    AuthorizationFilters(ApiKeyRegistry keys, ApiKeyTokenIssuer tokens, UserTokenVerifier people) {
        this.keys = keys;
        this.tokens = tokens;
        this.people = people;
    }

    /**
     * For services that check the key themselves.
     * @param scope what the key must allow
     * @return a filter that passes the key on unchanged
     */
    public GatewayFilter requireApiKey(Scope scope) {
        return (exchange, chain) -> {
            authorize(exchange, List.of(scope));
            return chain.filter(exchange);
        };
    }

    /**
     * For services that check keys and people's tokens themselves.
     * @param ofKey what a key must allow
     * @param ofLogin what the token of a login must allow
     * @return a filter that passes both on unchanged
     */
    public GatewayFilter withKeyOrLogin(Scope ofKey, Scope ofLogin) {
        return (exchange, chain) -> {
            Optional<String> bearer = bearer(exchange);
            if (bearer.isPresent()) {
                login(exchange, bearer.get(), List.of(ofLogin));
                exchange.getAttributes().put(TOKEN, bearer.get());
            }
            else {
                authorize(exchange, List.of(ofKey));
            }
            return chain.filter(exchange);
        };
    }

    /**
     * For services that check tokens.
     * @param scopes one of which the caller must have
     * @return a filter that passes a person's token on, and has one take the place of a
     * key
     */
    public GatewayFilter requireToken(Scope... scopes) {
        List<Scope> enough = List.of(scopes);
        return (exchange, chain) -> {
            exchange.getAttributes().put(TOKEN, token(exchange, enough));
            return chain.filter(exchange);
        };
    }

    /**
     * For what the gateway answers itself.
     * @param exchange the request
     * @param scope what the caller must be allowed
     * @return who asks
     */
    public CallerPrincipal authenticate(ServerWebExchange exchange, Scope scope) {
        Optional<String> bearer = bearer(exchange);
        if (bearer.isPresent()) {
            AuthenticatedUser login = login(exchange, bearer.get(), List.of(scope));
            return new CallerPrincipal(login.person(), login.session(), "");
        }
        ApiKey caller = authorize(exchange, List.of(scope));
        return new CallerPrincipal(caller.owner(), ApiKeyTokenIssuer.session(caller), caller.feed());
    }

    private String token(ServerWebExchange exchange, List<Scope> enough) {
        Optional<String> bearer = bearer(exchange);
        if (bearer.isEmpty()) {
            return this.tokens.of(authorize(exchange, enough));
        }
        login(exchange, bearer.get(), enough);
        return bearer.get();
    }

    private static Optional<String> bearer(ServerWebExchange exchange) {
        return CredentialExtractor.of(exchange.getRequest().getHeaders()).filter(UserTokenVerifier::isToken);
    }

    private AuthenticatedUser login(ServerWebExchange exchange, String token, List<Scope> enough) {
        AuthenticatedUser login = this.people.check(token).orElseThrow(this::badToken);
        if (enough.stream().noneMatch((scope) -> login.scopes().contains(scope.text()))) {
            throw ProblemDefinition.forbidden(names(enough)).asException();
        }
        exchange.getAttributes().put(USER, login.person());
        return login;
    }

    private ProblemException badToken() {
        return (this.people.ready() ? ProblemDefinition.unauthenticated("The token is not valid, or not any more")
                : ProblemDefinition.unavailable("Tokens cannot be checked yet"))
            .asException();
    }

    private ApiKey authorize(ServerWebExchange exchange, List<Scope> enough) {
        String presented = CredentialExtractor.of(exchange.getRequest().getHeaders())
            .orElseThrow(() -> ProblemDefinition
                .unauthenticated("Send an API key in the header X-API-Key, or the token of a login")
                .asException());
        ApiKey caller = find(presented);
        if (enough.stream().noneMatch(caller::may)) {
            throw ProblemDefinition.forbidden(names(enough)).asException();
        }
        exchange.getAttributes().put(USER, caller.owner());
        return caller;
    }

    private static String names(List<Scope> scopes) {
        return scopes.stream().map(Scope::text).collect(Collectors.joining(" or "));
    }

    private ApiKey find(String presented) {
        Optional<ApiKey> caller = this.keys.find(presented);
        if (caller.isEmpty() && !this.keys.complete()) {
            throw ProblemDefinition.unavailable("API keys are not known yet").asException();
        }
        return caller
            .orElseThrow(() -> ProblemDefinition.unauthenticated("The API key is unknown or revoked").asException());
    }

}
