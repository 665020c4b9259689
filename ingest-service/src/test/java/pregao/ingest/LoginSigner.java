package pregao.ingest;

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
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.contracts.login.AccessToken;

/**
 * Signs tokens like session-service and the gateway, and serves the key to verify them.
 */
final class LoginSigner implements AutoCloseable {

    private final ECKey key = newKey();

    private final DisposableServer server;

    LoginSigner() {
        String keys = new JWKSet(this.key).toString(true);
        this.server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route((routes) -> routes.get("/keys",
                    (request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Mono.just(keys))))
            .bindNow(Duration.ofSeconds(60));
    }

    String url() {
        return "http://127.0.0.1:" + this.server.port() + "/keys";
    }

    /** Returns the access token of a login. */
    String login(UUID user, String... roles) {
        return sign(login(user, roles, "read research trade", 60).build(), this.key);
    }

    /**
     * Returns the token that the gateway signs in exchange for an API key of the feed
     * mt5.
     */
    String exchangedKey(UUID owner, String scope) {
        return sign(login(owner, new String[] { "trader" }, scope, 60).claim("feed", "mt5").build(), this.key);
    }

    /** Returns tokens that must be rejected. */
    List<String> invalidTokens(UUID user) {
        JWTClaimsSet.Builder good = login(user, new String[0], "read", 60);
        return List.of(sign(login(user, new String[0], "read", -60).build(), this.key), sign(good.build(), newKey()),
                sign(login(user, new String[0], "read", 60).issuer("others").build(), this.key),
                sign(login(user, new String[0], "read", 60).issuer(null).build(), this.key),
                sign(good.audience("others").build(), this.key),
                sign(login(user, new String[0], "read", 60).expirationTime(null).build(), this.key),
                sign(login(user, new String[0], "read", 60).subject(null).build(), this.key), "ey.ey.ey");
    }

    /** Returns the access token of a login without the scope read. */
    String withoutRead(UUID user) {
        return sign(login(user, new String[0], "trade", 60).build(), this.key);
    }

    private static JWTClaimsSet.Builder login(UUID user, String[] roles, String scope, int seconds) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder().subject(user.toString())
            .issuer(AccessToken.SESSION_ISSUER)
            .audience(AccessToken.AUDIENCE)
            .claim("roles", List.of(roles))
            .claim("sid", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002")
            .claim("scope", scope)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(seconds)));
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

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("one").algorithm(JWSAlgorithm.ES256).generate();
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        this.server.disposeNow(Duration.ofSeconds(10));
    }

}
