package pregao.http.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.crypto.SecretKey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * What one service of the installation shows another.
 */
public class InternalToken {

    /** For which use the key is derived from the secret that all services share. */
    public static final String KEY = "internal calls";

    /** For whom it is. */
    public static final String AUDIENCE = "pregao-internal";

    /** How far the clocks of two services may be apart. */
    public static final Duration SKEW = Duration.ofSeconds(5);

    private static final Duration LIFE = Duration.ofMinutes(1);

    private final SecretKey key;

    private final Clock clock;

    /**
     * Tokens of a service.
     * @param key derived for {@link #KEY}
     * @param clock of this service
     */
    public InternalToken(SecretKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * A token.
     * @param service who calls
     * @return a JWT in its compact form
     */
    public String of(String service) {
        Instant now = this.clock.instant();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject(service)
                    .audience(AUDIENCE)
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plus(LIFE)))
                    .build());
        try {
            token.sign(new MACSigner(this.key));
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has HMAC", ex);
        }
        return token.serialize();
    }

}
