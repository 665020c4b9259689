package pregao.session.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A long random text that only its holder knows: here only its hash is kept. As it is
 * random, one round of SHA-256 keeps it.
 *
 * @param text 32 random bytes in 43 characters
 */
public record OpaqueToken(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int TOKEN_BYTES = 32;

    /**
     * A new one.
     * @return random
     */
    public static OpaqueToken random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * What is kept.
     * @return SHA-256
     */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    @Override
    public String toString() {
        return "OpaqueToken[hidden]";
    }

}
