package pregao.strategy.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionResponse;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * Rejects requests that move money if their login or API key was revoked while the access
 * token is still valid. session-service knows the state of logins. Its response is cached
 * for half a second, or for five seconds if it does not respond. After that, requests are
 * rejected until it responds, except those that only reduce risk: stop, close, flatten
 * and the kill switches.
 */
@Component
final class ActiveLoginFilter implements WebFilter {

    private static final Duration CACHE_TTL = Duration.ofMillis(500);

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

    private static final int MAX_CACHED_LOGINS = 10_000;

    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final List<PathPattern> TRADING_PATHS = parsePatterns(SecurityConfiguration.TRADING_PATHS);

    /**
     * Requests that only reduce risk. They must work even if the state of the login is
     * unknown.
     */
    private static final List<PathPattern> EXIT_PATHS = parsePatterns("/api/bots/kill", "/api/bots/kill-all",
            "/api/bots/{id}/stop", "/api/bots/{id}/flatten", "/api/bots/accounts/{id}/{money}/flatten",
            "/api/positions/{id}/close");

    private final SessionClient sessionClient;

    private final InstantSource clock;

    private final Cache<Login, CheckedLogin> checkedLogins = Caffeine.newBuilder()
        .maximumSize(MAX_CACHED_LOGINS)
        .expireAfterWrite(GRACE_PERIOD.multipliedBy(2))
        .build();

    ActiveLoginFilter(SessionClient sessionClient, InstantSource clock) {
        this.sessionClient = sessionClient;
        this.clock = clock;
    }

    /** Runs after the filters that authenticate the request. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!movesMoney(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull(SecurityContext::getAuthentication)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.unauthenticated().asException()))
            .flatMap((authentication) -> requireActive(authentication).onErrorResume(ProblemException.class,
                    (failure) -> (isUnavailable(failure) && isExitRequest(exchange.getRequest())) ? Mono.empty()
                            : Mono.error(failure)))
            .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static boolean movesMoney(ServerHttpRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) && matchesAny(TRADING_PATHS, request);
    }

    private static boolean isExitRequest(ServerHttpRequest request) {
        return !request.getMethod().equals(HttpMethod.DELETE) && matchesAny(EXIT_PATHS, request);
    }

    private static boolean isUnavailable(ProblemException failure) {
        return failure.problem().status() == 503;
    }

    private static boolean matchesAny(List<PathPattern> patterns, ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        return patterns.stream().anyMatch((pattern) -> pattern.matches(path));
    }

    private static List<PathPattern> parsePatterns(String... patterns) {
        return Arrays.stream(patterns).map(PathPatternParser.defaultInstance::parse).toList();
    }

    private Mono<Void> requireActive(Authentication authentication) {
        if (!(authentication.getPrincipal() instanceof AuthenticatedUser user)) {
            return Mono.error(() -> ProblemDefinition.unauthenticated().asException());
        }
        return requireActive(new Login(String.valueOf(authentication.getCredentials()), user.id()));
    }

    /**
     * Completes only if a login is active.
     * @param login the login
     * @return empty if the login is active; 401 if it was revoked, 503 if its state is
     * unknown
     */
    Mono<Void> requireActive(Login login) {
        if (login.session().isEmpty()) {
            return Mono.error(() -> ProblemDefinition.unauthenticated().asException());
        }
        CheckedLogin lastCheck = this.checkedLogins.getIfPresent(login);
        if (isYounger(lastCheck, CACHE_TTL)) {
            return Mono.empty();
        }
        return this.sessionClient.getLogin(login.session(), login.person())
            .flatMap((response) -> decide(login, lastCheck, response));
    }

    private Mono<Void> decide(Login login, @Nullable CheckedLogin lastCheck, SessionResponse response) {
        if (response instanceof SessionResponse.Ok ok) {
            if (ok.body().path("alive").asBoolean(false)) {
                this.checkedLogins.put(login, new CheckedLogin(this.clock.instant()));
                return Mono.empty();
            }
            this.checkedLogins.invalidate(login);
            return Mono.error(() -> ProblemDefinition.unauthenticated().asException());
        }
        return isYounger(lastCheck, GRACE_PERIOD) ? Mono.empty()
                : Mono.error(() -> ProblemDefinition.unavailable("Nobody can say now whether the login is good still")
                    .asException());
    }

    private boolean isYounger(@Nullable CheckedLogin lastCheck, Duration maxAge) {
        return lastCheck != null && this.clock.instant().isBefore(lastCheck.at().plus(maxAge));
    }

    /**
     * A login, or an API key that stands for one.
     *
     * @param session the claim {@code sid}
     * @param person the id of the user
     */
    record Login(String session, UUID person) {

    }

    /** The time when a login was last known to be active. */
    private record CheckedLogin(Instant at) {

    }

}
