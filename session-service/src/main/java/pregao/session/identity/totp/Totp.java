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
 * Time-based one-time passwords (RFC 6238) with SHA-1, six digits and steps of 30
 * seconds, which all authenticator apps support.
 */
final class Totp {

    static final int SECRET_BYTES = 20;

    private static final long STEP_SECONDS = 30;

    /** The accepted clock drift of the phone in steps, in either direction. */
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
     * Finds the time step of a code.
     * @param secret the secret of the app
     * @param code the code as sent
     * @param now the current time
     * @return empty if the code belongs neither to the current step nor to an adjacent
     * one
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
