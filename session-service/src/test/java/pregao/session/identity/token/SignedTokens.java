package pregao.session.identity.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import pregao.contracts.login.AccessToken;

/**
 * Tokens that are signed with a valid key but are invalid for other reasons.
 */
public final class SignedTokens {

    private SignedTokens() {
    }

    public static String expired(SigningKeyRing keyRing) {
        return sign(keyRing, AccessToken.SESSION_ISSUER, AccessToken.AUDIENCE, Duration.ofSeconds(-10));
    }

    public static String forOthers(SigningKeyRing keyRing) {
        return sign(keyRing, AccessToken.SESSION_ISSUER, "others", Duration.ofMinutes(1));
    }

    public static String byOthers(SigningKeyRing keyRing) {
        return sign(keyRing, "others", AccessToken.AUDIENCE, Duration.ofMinutes(1));
    }

    public static String ofNobody(SigningKeyRing keyRing) {
        return sign(keyRing, AccessToken.SESSION_ISSUER, AccessToken.AUDIENCE, Duration.ofMinutes(1));
    }

    private static String sign(SigningKeyRing keyRing, String issuer, String audience, Duration validity) {
        Instant now = Clock.systemUTC().instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyRing.getSigningKey().getKeyID()).build(),
                new JWTClaimsSet.Builder().subject(UUID.randomUUID().toString())
                    .issuer(issuer)
                    .audience(audience)
                    .claim("sid", UUID.randomUUID().toString())
                    .issueTime(Date.from(now.minusSeconds(60)))
                    .expirationTime(Date.from(now.plus(validity)))
                    .build());
        try {
            token.sign(new ECDSASigner(keyRing.getSigningKey()));
        }
        catch (JOSEException ex) {
            throw new IllegalStateException(ex);
        }
        return token.serialize();
    }

}
