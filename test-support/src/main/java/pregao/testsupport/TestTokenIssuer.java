package pregao.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.contracts.login.AccessToken;

/**
 * Stands in for the gateway, and for session-service where a person is logged in: signs
 * tokens and serves the key to check them by.
 */
public final class TestTokenIssuer {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private final ECKey key = newKey("one");

    private final DisposableServer server;

    public TestTokenIssuer() {
        String keys = new JWKSet(this.key).toString(true);
        this.server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route((routes) -> routes.get("/.well-known/jwks.json",
                    (request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Mono.just(keys))))
            .bindNow(Duration.ofSeconds(60));
    }

    public String url() {
        return "http://127.0.0.1:" + this.server.port() + "/.well-known/jwks.json";
    }

    public void stop() {
        this.server.disposeNow(Duration.ofSeconds(60));
    }

    /** A token that is good for a minute. */
    public String token(String scope) {
        return sign(claims(scope, AccessToken.AUDIENCE, 60), this.key);
    }

    /** The same of another person. */
    public String tokenOf(UUID person, String scope) {
        return sign(
                new JWTClaimsSet.Builder(claims(scope, AccessToken.AUDIENCE, 60)).subject(person.toString()).build(),
                this.key);
    }

    /** The access token of a login. */
    public String login(UUID person, String... roles) {
        return sign(new JWTClaimsSet.Builder(claims("read research trade", AccessToken.AUDIENCE, 60))
            .subject(person.toString())
            .issuer(AccessToken.SESSION_ISSUER)
            .claim("sid", UUID.randomUUID().toString())
            .claim("feed", null)
            .claim("roles", List.of(roles))
            .build(), this.key);
    }

    /** What a caller shows a service behind the gateway, each time as somebody else. */
    public String credential(ScopeRule.Caller caller) {
        UUID person = UUID.randomUUID();
        return switch (caller) {
            case INGEST, READ, RESEARCH, TRADE -> "Authorization: Bearer " + tokenOf(person, caller.text());
            case LOGIN, STRANGER -> "Authorization: Bearer " + login(person, "trader");
            case ADMIN -> "Authorization: Bearer " + login(person, "trader", "admin");
            case NOBODY -> "";
        };
    }

    public String expired() {
        return sign(claims("read", AccessToken.AUDIENCE, -10), this.key);
    }

    public String forOthers() {
        return sign(claims("read", "others", 60), this.key);
    }

    /** Of the right key, by somebody else. */
    public String byOthers() {
        return sign(new JWTClaimsSet.Builder(claims("read", AccessToken.AUDIENCE, 60)).issuer("others").build(),
                this.key);
    }

    public String byNobody() {
        return sign(new JWTClaimsSet.Builder(claims("read", AccessToken.AUDIENCE, 60)).issuer(null).build(), this.key);
    }

    public String withoutExpiry() {
        return sign(new JWTClaimsSet.Builder(claims("read", AccessToken.AUDIENCE, 60)).expirationTime(null).build(),
                this.key);
    }

    /** Of another key that says it is the same. */
    public String forged() {
        return sign(claims("read", AccessToken.AUDIENCE, 60), newKey("one"));
    }

    public String unsigned() {
        return new PlainJWT(claims("read", AccessToken.AUDIENCE, 60)).serialize();
    }

    private static JWTClaimsSet claims(String scope, String audience, int seconds) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder().subject("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")
            .issuer(AccessToken.GATEWAY_ISSUER)
            .audience(audience)
            .claim("scope", scope)
            .claim("sid", "key-0123456789abcdef")
            .claim("feed", "mt5")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(seconds)))
            .build();
    }

    private static String sign(JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * A key as the gateway and session-service have them.
     * @param id its name
     * @return with both halves
     */
    public static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
