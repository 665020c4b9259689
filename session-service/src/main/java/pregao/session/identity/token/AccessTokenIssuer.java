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
 * Signs who has logged in, for minutes.
 */
@Component
public class AccessTokenIssuer {

    /** What people may do; an API key may have less. */
    private static final String SCOPE = "read research trade";

    private final SigningKeyRing keys;

    private final TokenProperties settings;

    private final Clock clock;

    AccessTokenIssuer(SigningKeyRing keys, TokenProperties settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A token for a login.
     * @param person who
     * @param login which login of theirs
     * @param roles what they are
     * @return a JWT in its compact form
     */
    public String of(UUID person, UUID login, Collection<String> roles) {
        Instant now = this.clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(person.toString())
            .issuer(AccessToken.SESSION_ISSUER)
            .audience(AccessToken.AUDIENCE)
            .claim("roles", List.copyOf(roles))
            .claim("sid", login.toString())
            .claim("scope", SCOPE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(this.settings.ttl())))
            .build();
        ECKey key = this.keys.signing();
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
     * How long a token is good.
     * @return at most ten minutes
     */
    public Duration life() {
        return this.settings.ttl();
    }

}
