package pregao.gateway.pass;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.gateway.key.KnownKeys;
import pregao.gateway.problem.Trouble;
import pregao.gateway.problem.TroubleException;
import pregao.gateway.token.Login;
import pregao.gateway.token.PeopleTokens;
import pregao.gateway.token.SignedTokens;

/**
 * Lets a request on where its API key has the scope of the route.
 */
@Component
public class Guard {

    /**
     * The attribute of a request that is to go on with a token as its only credential.
     */
    public static final String TOKEN = Guard.class.getName() + ".token";

    /** The attribute of a request whose user is known. */
    public static final String USER = Guard.class.getName() + ".user";

    private final KnownKeys keys;

    private final SignedTokens tokens;

    private final PeopleTokens people;

    Guard(KnownKeys keys, SignedTokens tokens, PeopleTokens people) {
        this.keys = keys;
        this.tokens = tokens;
        this.people = people;
    }

    /**
     * For services that check the key themselves.
     * @param scope what the key must allow
     * @return a filter that passes the key on unchanged
     */
    public GatewayFilter withKey(Scope scope) {
        return (exchange, chain) -> {
            check(exchange, List.of(scope));
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
                check(exchange, List.of(ofKey));
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
    public GatewayFilter withToken(Scope... scopes) {
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
    public Visitor visitor(ServerWebExchange exchange, Scope scope) {
        Optional<String> bearer = bearer(exchange);
        if (bearer.isPresent()) {
            Login login = login(exchange, bearer.get(), List.of(scope));
            return new Visitor(login.person(), login.session(), "");
        }
        ApiKey caller = check(exchange, List.of(scope));
        return new Visitor(caller.owner(), SignedTokens.session(caller), caller.feed());
    }

    private String token(ServerWebExchange exchange, List<Scope> enough) {
        Optional<String> bearer = bearer(exchange);
        if (bearer.isEmpty()) {
            return this.tokens.of(check(exchange, enough));
        }
        login(exchange, bearer.get(), enough);
        return bearer.get();
    }

    private static Optional<String> bearer(ServerWebExchange exchange) {
        return PresentedKey.of(exchange.getRequest().getHeaders()).filter(PeopleTokens::isToken);
    }

    private Login login(ServerWebExchange exchange, String token, List<Scope> enough) {
        Login login = this.people.check(token).orElseThrow(this::badToken);
        if (enough.stream().noneMatch((scope) -> login.scopes().contains(scope.text()))) {
            throw Trouble.forbidden(names(enough)).asException();
        }
        exchange.getAttributes().put(USER, login.person());
        return login;
    }

    private TroubleException badToken() {
        return (this.people.ready() ? Trouble.unauthenticated("The token is not valid, or not any more")
                : Trouble.unavailable("Tokens cannot be checked yet"))
            .asException();
    }

    private ApiKey check(ServerWebExchange exchange, List<Scope> enough) {
        String presented = PresentedKey.of(exchange.getRequest().getHeaders())
            .orElseThrow(
                    () -> Trouble.unauthenticated("Send an API key in the header X-API-Key, or the token of a login")
                        .asException());
        ApiKey caller = find(presented);
        if (enough.stream().noneMatch(caller::may)) {
            throw Trouble.forbidden(names(enough)).asException();
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
            throw Trouble.unavailable("API keys are not known yet").asException();
        }
        return caller.orElseThrow(() -> Trouble.unauthenticated("The API key is unknown or revoked").asException());
    }

}
