package pregao.session.identity.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.stereotype.Component;

import pregao.contracts.login.AccessToken;

/**
 * Issuer of the short-lived access tokens of logins.
 */
@Component
public class AccessTokenIssuer {

    /** The scopes of users. An API key may have fewer. */
    private static final String SCOPE = "read research trade";

    private final SigningKeyRing keyRing;

    private final TokenProperties settings;

    private final Clock clock;

    AccessTokenIssuer(SigningKeyRing keyRing, TokenProperties settings, Clock clock) {
        this.keyRing = keyRing;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Issues a token for a login.
     * @param userId the user
     * @param loginId the login
     * @param roles the roles of the user
     * @return a JWT in compact form
     */
    public String issue(UUID userId, UUID loginId, Collection<String> roles) {
        Instant now = this.clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(userId.toString())
            .issuer(AccessToken.SESSION_ISSUER)
            .audience(AccessToken.AUDIENCE)
            .claim("roles", List.copyOf(roles))
            .claim("sid", loginId.toString())
            .claim("scope", SCOPE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(this.settings.ttl())))
            .build();
        ECKey key = this.keyRing.getSigningKey();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(),
                claims);
        try {
            token.sign(new ECDSASigner(key));
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK signs ES256", ex);
        }
        return token.serialize();
    }

    /**
     * Returns the validity of a token.
     * @return at most ten minutes
     */
    public Duration getTtl() {
        return this.settings.ttl();
    }

}
