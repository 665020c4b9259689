package pregao.gateway.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.contracts.login.AccessToken;

/**
 * Issuer of one-minute tokens for the owners of API keys. A token is reused for half a
 * minute, so that a service can use it for at least another half.
 */
public final class ApiKeyTokenIssuer {

    /** The validity of a token. */
    public static final Duration TTL = Duration.ofMinutes(1);

    private static final int SID_LENGTH = 16;

    private static final int MAX_SIZE = 10_000;

    private final JwtSigningKey signingKey;

    private final Clock clock;

    private final JWSHeader header;

    private final Cache<String, Token> tokensByHash = Caffeine.newBuilder()
        .maximumSize(MAX_SIZE)
        .expireAfterWrite(TTL)
        .build();

    public ApiKeyTokenIssuer(JwtSigningKey signingKey, Clock clock) {
        this.signingKey = signingKey;
        this.clock = clock;
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
            .keyID(signingKey.getKeyId())
            .build();
    }

    /**
     * Returns a token for an API key, and signs a new one every half minute.
     * @param apiKey the key, which must not be revoked
     * @return a JWT in compact form
     */
    public String issue(ApiKey apiKey) {
        Instant now = this.clock.instant();
        Token token = this.tokensByHash.getIfPresent(apiKey.hash());
        if (token == null || !now.isBefore(token.until()) || !token.caller().equals(apiKey)) {
            token = new Token(apiKey, sign(apiKey, now), now.plus(TTL.dividedBy(2)));
            this.tokensByHash.put(apiKey.hash(), token);
        }
        return token.text();
    }

    /**
     * Returns the ID that stands for a login if an API key is used.
     * @param apiKey the key
     * @return the claim {@code sid}
     */
    public static String getSessionId(ApiKey apiKey) {
        return "key-" + apiKey.hash().substring(0, SID_LENGTH);
    }

    private String sign(ApiKey apiKey, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(apiKey.owner())
            .issuer(AccessToken.GATEWAY_ISSUER)
            .audience(AccessToken.AUDIENCE)
            .claim("roles", List.of("trader"))
            .claim("sid", getSessionId(apiKey))
            .claim("scope", scopes(apiKey))
            .claim("feed", apiKey.feed())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(TTL)))
            .build();
        SignedJWT token = new SignedJWT(this.header, claims);
        try {
            token.sign(new ECDSASigner(this.signingKey.getKeyPair()));
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK signs ES256", ex);
        }
        return token.serialize();
    }

    private static String scopes(ApiKey apiKey) {
        return apiKey.scopes()
            .stream()
            .sorted(Comparator.naturalOrder())
            .map(Scope::text)
            .collect(Collectors.joining(" "));
    }

    private record Token(ApiKey caller, String text, Instant until) {

    }

}
