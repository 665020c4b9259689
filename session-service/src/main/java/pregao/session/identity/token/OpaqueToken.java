package pregao.session.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random token that only its holder knows. The database stores its hash. Because the
 * token is random, a single round of SHA-256 is sufficient.
 *
 * @param text 32 random bytes in Base64url, 43 characters
 */
public record OpaqueToken(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int TOKEN_BYTES = 32;

    /**
     * Creates a random token.
     * @return a new token
     */
    public static OpaqueToken random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Returns the hash to store.
     * @return the SHA-256 hash
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
