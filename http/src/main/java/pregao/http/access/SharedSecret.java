package pregao.http.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * From the secret that all services share to keys for one use: HKDF (RFC 5869).
 */
public final class SharedSecret {

    private static final int BYTES = 32;

    private SharedSecret() {
    }

    /**
     * A key for one use.
     * @param secret 32 bytes in Base64; several with commas between, of which the first
     * counts
     * @param use what it is for
     * @return known by all services that have the same secret
     */
    public static SecretKey key(String secret, String use) {
        byte[] first = Base64.getDecoder().decode(secret.split(",", -1)[0].strip());
        if (first.length != BYTES) {
            throw new IllegalArgumentException("PREGAO_SECRET_KEY is 32 random bytes in Base64");
        }
        return derived(first, use);
    }

    /**
     * Derives a key.
     * @param secret bytes
     * @param use what it is for
     * @return 32 bytes
     */
    public static SecretKey derived(byte[] secret, String use) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES",
                        HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(("pregao secrets, " + use).getBytes(StandardCharsets.UTF_8), BYTES));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HKDF", ex);
        }
    }

}
