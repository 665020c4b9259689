package pregao.session.identity.totp;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

import javax.crypto.spec.SecretKeySpec;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

/**
 * Codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds), which is
 * what all of these apps can do.
 */
final class Totp {

    static final int SECRET_BYTES = 20;

    private static final long STEP_SECONDS = 30;

    /** How many steps a phone's clock may be off, either way. */
    private static final int MAX_STEP_DRIFT = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {
    }

    static byte[] generateSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /**
     * Finds the step of a code.
     * @param secret the app's
     * @param code as sent
     * @param now this moment
     * @return empty where it is not of now, nor of the step before or after
     */
    static OptionalLong findStep(byte[] secret, String code, Instant now) {
        long currentStep = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong matchingStep = OptionalLong.empty();
        for (long step = currentStep - MAX_STEP_DRIFT; step <= currentStep + MAX_STEP_DRIFT; step++) {
            if (MessageDigest.isEqual(computeCode(secret, step).getBytes(StandardCharsets.UTF_8),
                    code.getBytes(StandardCharsets.UTF_8))) {
                matchingStep = OptionalLong.of(step);
            }
        }
        return matchingStep;
    }

    static String computeCode(byte[] secret, long step) {
        try {
            return new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(STEP_SECONDS))
                .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"),
                        Instant.ofEpochSecond(step * STEP_SECONDS), Locale.ROOT);
        }
        catch (InvalidKeyException ex) {
            throw new IllegalStateException("every secret is a key of HMAC", ex);
        }
    }

}
