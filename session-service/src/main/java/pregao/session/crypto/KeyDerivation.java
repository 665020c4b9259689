package pregao.session.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

import org.springframework.stereotype.Component;

/**
 * Secrets made of the secret key: all replicas have the same, and need not hear of each
 * other.
 */
@Component
public class KeyDerivation {

    private static final int SECRET_BYTES = 32;

    private final List<byte[]> keys;

    public KeyDerivation(EncryptionProperties settings) {
        this.keys = settings.keys();
    }

    /**
     * The secrets of a use.
     * @param purpose such as {@code feed binance}
     * @return 43 letters each: the first is used, all are good
     */
    public List<String> deriveSecrets(String purpose) {
        return this.keys.stream()
            .map((key) -> Base64.getUrlEncoder().withoutPadding().encodeToString(derive(key, purpose)))
            .toList();
    }

    private static byte[] derive(byte[] key, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(key)
                    .thenExpand(("pregao session, " + purpose).getBytes(StandardCharsets.UTF_8), SECRET_BYTES));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HKDF", ex);
        }
    }

}
