package pregao.strategy.security;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionClientProperties;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ActiveLoginFilter}.
 */
class ActiveLoginFilterTests {

    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");

    private static final UUID PERSON = UUID.fromString("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");

    private static final ActiveLoginFilter.Login LOGIN = new ActiveLoginFilter.Login(
            "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002", PERSON);

    private final AtomicInteger requestCount = new AtomicInteger();

    private volatile int status = 200;

    private volatile String response = "{\"alive\":true}";

    private volatile Instant now = NINE;

    private HttpServer server;

    private SessionClient client;

    private ActiveLoginFilter filter;

    @BeforeEach
    void start() throws java.io.IOException {
        this.server = HttpServer.create(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                0);
        this.server.createContext("/internal/logins/" + LOGIN.session(), (exchange) -> {
            this.requestCount.incrementAndGet();
            byte[] body = this.response.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            boolean isExpectedUser = ("person=" + PERSON).equals(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(isExpectedUser ? this.status : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        this.server.start();
        this.client = new SessionClient(
                new SessionClientProperties(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()), "",
                        Duration.ofSeconds(5)),
                JsonMapper.builder().build(), Clock.systemUTC());
        this.filter = new ActiveLoginFilter(this.client, () -> this.now);
    }

    @AfterEach
    void stop() {
        this.client.destroy();
        this.server.stop(0);
    }

    @Test
    void loginThatIsGoodIsAskedForEveryHalfSecond() {
        assertThat(statusOf()).isZero();
        this.now = NINE.plusMillis(499);
        assertThat(statusOf()).isZero();
        assertThat(this.requestCount).hasValue(1);
        this.now = NINE.plusMillis(500);
        assertThat(statusOf()).isZero();
        assertThat(this.requestCount).hasValue(2);
    }

    @Test
    void loginThatHasEndedMovesNothingAfterHalfASecond() {
        assertThat(statusOf()).isZero();
        this.response = "{\"alive\":false}";
        this.now = NINE.plusMillis(500);
        assertThat(statusOf()).isEqualTo(401);
        this.status = 503;
        assertThat(statusOf()).as("what was good before has ended since").isEqualTo(503);
    }

    @Test
    void nothingMovesWhereNobodyCouldSayForFiveSeconds() {
        assertThat(statusOf()).isZero();
        for (int failure : new int[] { 500, 503, 401, 403, 404 }) {
            this.status = failure;
            this.now = NINE.plusMillis(4999);
            assertThat(statusOf()).as("%d within five seconds", failure).isZero();
            this.now = NINE.plusSeconds(5);
            assertThat(statusOf()).as("%d after five seconds", failure).isEqualTo(503);
        }
        this.server.stop(0);
        assertThat(statusOf()).isEqualTo(503);
    }

    @Test
    void nothingMovesForALoginThatWasNeverFoundGood() {
        this.status = 503;
        assertThat(statusOf()).isEqualTo(503);
        this.status = 200;
        this.response = "{}";
        assertThat(statusOf()).isEqualTo(401);
        this.response = "<html>";
        assertThat(statusOf()).isEqualTo(503);
    }

    @Test
    void tokenWithoutALoginMovesNothing() {
        assertThat(statusOf(new ActiveLoginFilter.Login("", PERSON))).isEqualTo(401);
        assertThat(this.requestCount).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({ "PUT, /api/bots/kill, true", "PUT, /api/bots/kill-all, true", "POST, /api/bots/7/stop, true",
            "POST, /api/bots/7/flatten, true", "POST, /api/bots/accounts/7/demo/flatten, true",
            "POST, /api/positions/7/close, true", "DELETE, /api/bots/kill, false", "POST, /api/bots/7/start, false",
            "POST, /api/bots, false", "POST, /api/orders, false", "POST, /api/%6Frders, false" })
    void letsOutButNotInWhereNobodyCanSay(HttpMethod method, String path, boolean passes) {
        this.status = 503;
        assertThat(passes(method, path)).isEqualTo(passes);
        this.status = 200;
        this.response = "{\"alive\":false}";
        assertThat(passes(method, path)).as("a login that has ended").isFalse();
    }

    private boolean passes(HttpMethod method, String path) {
        AtomicBoolean hasPassed = new AtomicBoolean();
        AuthenticatedUser user = new AuthenticatedUser(PERSON, "", true, true);
        Mono<Void> filtered = this.filter
            .filter(MockServerWebExchange.from(MockServerHttpRequest.method(method, URI.create(path))), (exchange) -> {
                hasPassed.set(true);
                return Mono.empty();
            })
            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(user, LOGIN.session(), List.of())));
        try {
            filtered.block(Duration.ofSeconds(20));
        }
        catch (ProblemException ex) {
            assertThat(ex.problem().status()).isIn(401, 503);
        }
        return hasPassed.get();
    }

    private int statusOf() {
        return statusOf(LOGIN);
    }

    /** Returns the status of the rejection, or 0 if the login is accepted. */
    private int statusOf(ActiveLoginFilter.Login login) {
        try {
            this.filter.requireActive(login).block(Duration.ofSeconds(20));
            return 0;
        }
        catch (ProblemException ex) {
            return ex.problem().status();
        }
    }

}
