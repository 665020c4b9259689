package pregao.strategy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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

/**
 * Stands in for the gateway: signs tokens and serves the key to check them by.
 */
public final class TokenSigner {

    static {
        EventLoops.mustNotBlock();
    }

    private final ECKey key = newKey("one");

    private final DisposableServer server;

    public TokenSigner() {
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
        return sign(claims(scope, "pregao-api", 60), this.key);
    }

    /** The same of another person. */
    public String tokenOf(UUID person, String scope) {
        return sign(new JWTClaimsSet.Builder(claims(scope, "pregao-api", 60)).subject(person.toString()).build(),
                this.key);
    }

    public String expired() {
        return sign(claims("read", "pregao-api", -10), this.key);
    }

    public String forOthers() {
        return sign(claims("read", "others", 60), this.key);
    }

    public String withoutExpiry() {
        return sign(new JWTClaimsSet.Builder().audience("pregao-api").claim("scope", "read").build(), this.key);
    }

    /** Of another key that says it is the same. */
    public String forged() {
        return sign(claims("read", "pregao-api", 60), newKey("one"));
    }

    public String unsigned() {
        return new PlainJWT(claims("read", "pregao-api", 60)).serialize();
    }

    private static JWTClaimsSet claims(String scope, String audience, int seconds) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder().subject("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")
            .audience(audience)
            .claim("scope", scope)
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

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
