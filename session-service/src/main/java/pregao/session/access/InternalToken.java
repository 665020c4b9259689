package pregao.session.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.stereotype.Component;

import pregao.session.secret.SecretBox;

/**
 * What one service of the installation shows another.
 */
@Component
public class InternalToken {

    static final String KEY = "internal calls";

    static final String AUDIENCE = "pregao-internal";

    static final Duration SKEW = Duration.ofSeconds(5);

    private static final Duration LIFE = Duration.ofMinutes(1);

    private final SecretBox secrets;

    private final Clock clock;

    InternalToken(SecretBox secrets, Clock clock) {
        this.secrets = secrets;
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
            token.sign(new MACSigner(this.secrets.keysFor(KEY).getFirst()));
        }
        catch (JOSEException ex) {
            throw new IllegalStateException("every JDK has HMAC", ex);
        }
        return token.serialize();
    }

}
