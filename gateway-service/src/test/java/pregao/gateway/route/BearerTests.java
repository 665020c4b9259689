package pregao.gateway.route;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.contracts.key.Scope;
import pregao.contracts.login.LoginRevocation;
import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;
import pregao.gateway.login.RevokedLogins;
import pregao.testsupport.ScopeRule.Caller;
import pregao.testsupport.ScopeTable;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of user tokens at the gateway.
 */
class BearerTests {

    private static final ECKey KEY = TestTokenIssuer.newKey("one");

    private static final StubService INDICATORS = new StubService();

    private static final StubService INGEST = new StubService();

    private static DisposableServer session;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        String keys = new JWKSet(KEY).toString(true);
        session = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route((routes) -> routes
                .get("/.well-known/jwks.json", (request, response) -> response.sendString(Mono.just(keys)))
                .route((request) -> true, (request, response) -> response.send()))
            .bindNow(Duration.ofSeconds(60));
        gateway = RunningGateway.start("pregao.indicators-url=" + INDICATORS.url(), "pregao.ingest-url=" + INGEST.url(),
                "pregao.strategy-url=" + INDICATORS.url(), "pregao.session-url=http://127.0.0.1:" + session.port(),
                "pregao.token-secret=a-secret", "pregao.gateway.ticket.enabled=true");
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (read(sign(claims("read", 60), KEY)) != 200) {
            assertThat(System.nanoTime()).as("keys are fetched within a minute").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        session.disposeNow();
        INDICATORS.close();
        INGEST.close();
    }

    @BeforeEach
    void forget() {
        INDICATORS.received();
        INGEST.received();
    }

    @TestFactory
    Stream<DynamicTest> everyCallIsForWhomTheTableSays() {
        ScopeTable table = new ScopeTable("gateway", "http://127.0.0.1:" + gateway.port(), BearerTests::credential);
        return Stream.of(table.tests(), table.doorTests()).flatMap(List::stream);
    }

    private static String credential(Caller caller) {
        return switch (caller) {
            case INGEST, READ, RESEARCH, TRADE -> {
                gateway.keys().put(RunningGateway.key("only-" + caller, false, Scope.valueOf(caller.name())));
                yield "X-API-Key: only-" + caller;
            }
            case LOGIN, ADMIN, STRANGER -> "Authorization: Bearer " + sign(claims("read research trade", 60), KEY);
            case NOBODY -> "";
        };
    }

    @Test
    void goesOnAsItIs() {
        String token = sign(claims("read trade", 60), KEY);
        assertThat(read(token)).isEqualTo(200);
        assertThat(read(token)).isEqualTo(200);
        assertThat(INDICATORS.received()).hasSize(2)
            .allMatch((received) -> received.headers().getAll("Authorization").equals(List.of("Bearer " + token)));
    }

    static List<String> bad() {
        return List.of(sign(claims("read", -10), KEY), sign(claims("read", 60), TestTokenIssuer.newKey("one")),
                sign(claims("read", 60), TestTokenIssuer.newKey("other")), new PlainJWT(claims("read", 60)).serialize(),
                sign(new JWTClaimsSet.Builder(claims("read", 60)).audience("others").build(), KEY),
                sign(new JWTClaimsSet.Builder(claims("read", 60)).issuer("pregao-gateway").build(), KEY),
                sign(new JWTClaimsSet.Builder(claims("read", 60)).issuer(null).build(), KEY),
                sign(new JWTClaimsSet.Builder(claims("read", 60)).expirationTime(null).build(), KEY),
                sign(new JWTClaimsSet.Builder(claims("read", 60)).subject(null).build(), KEY), macSigned(),
                sign(claims("read", 60), KEY).replaceFirst("\\.[^.]+$", "."), "ey.ey.ey", "eyJ9..",
                "ey" + "a".repeat(5000) + ".b.c");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedWhereItIsNotGood(String token) {
        assertThat(read(token)).isEqualTo(401);
        assertThat(INDICATORS.received()).isEmpty();
    }

    @Test
    void isRefusedAsSoonAsItHasEndedThoughItIsRemembered() {
        String token = sign(claims("read", -4), KEY);
        assertThat(read(token)).as("within the skew of clocks").isEqualTo(200);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (read(token) != 401) {
            assertThat(System.nanoTime()).as("it ends").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void isRefusedAsSoonAsItsLoginHasEnded() {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(claims("read", 60)).claim("sid", "ended").build();
        String token = sign(claims, KEY);
        assertThat(read(token)).isEqualTo(200);
        gateway.bean(RevokedLogins.class).add(new LoginRevocation("ended", Clock.systemUTC().instant()));
        assertThat(read(token)).isEqualTo(401);
        assertThat(read(sign(claims("read", 60), KEY))).as("another login").isEqualTo(200);
    }

    @Test
    void needsTheScope() {
        assertThat(read(sign(claims("trade", 60), KEY))).isEqualTo(403);
    }

    @Test
    void sendsNothing() {
        get("/ingest/cursor", sign(claims("read ingest", 60), KEY)).expectStatus().isUnauthorized();
        assertThat(INGEST.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "GET, /api/quarantine?feed=mine", "POST, /api/quarantine/7/release",
            "DELETE, /api/quarantine/7/release", "POST, /api/quarantine/release", "GET, /api/conflicts?feed=mine",
            "POST, /api/conflicts/7/accept" })
    void asksForWhatIsHeldBack(String method, String path) {
        String token = sign(claims("read trade", 60), KEY);

        call(method, path, token).expectStatus().isOk();
        assertThat(INGEST.received()).singleElement().satisfies((received) -> {
            assertThat(received.uri()).isEqualTo(path);
            assertThat(received.headers().getAll("Authorization")).containsExactly("Bearer " + token);
            assertThat(received.headers().contains("X-API-Key")).isFalse();
        });
        call(method, path, sign(claims("trade", 60), KEY)).expectStatus().isForbidden();
        call(method, path, sign(claims("read", -10), KEY)).expectStatus().isUnauthorized();
        assertThat(INGEST.received()).isEmpty();
    }

    private static WebTestClient.ResponseSpec call(String method, String path, String token) {
        return gateway.client()
            .method(HttpMethod.valueOf(method))
            .uri(path)
            .header("Authorization", "Bearer " + token)
            .exchange();
    }

    @Test
    void isCheckedByTheSameSetOfKeysAsTokensInPlaceOfAnApiKey() throws ParseException {
        byte[] body = gateway.client()
            .get()
            .uri("/.well-known/jwks.json")
            .exchange()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        JWKSet keys = JWKSet.parse(new String(body, StandardCharsets.UTF_8));
        assertThat(keys.getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
        assertThat(keys.getKeyByKeyId("one")).isNotNull();
    }

    private static int read(String token) {
        return get("/api/instruments", token).expectBody().returnResult().getStatus().value();
    }

    private static WebTestClient.ResponseSpec get(String path, String token) {
        return gateway.client().get().uri(path).header("Authorization", "Bearer " + token).exchange();
    }

    private static JWTClaimsSet claims(String scope, int seconds) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder().subject("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")
            .issuer("pregao-session")
            .audience("pregao-api")
            .claim("scope", scope)
            .claim("sid", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002")
            .jwtID(Long.toString(System.nanoTime()))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(seconds)))
            .build();
    }

    private static String sign(JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Signs with the public key as the secret of an HMAC (algorithm confusion attack).
     */
    private static String macSigned() {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                    claims("read", 60));
            token.sign(new MACSigner(Base64.getEncoder().encode(KEY.toECPublicKey().getEncoded())));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
