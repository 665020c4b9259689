package pregao.session.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

import org.springframework.stereotype.Component;

/**
 * Derivation of secrets from the configured keys by HKDF (RFC 5869). All replicas derive
 * the same secrets without coordination.
 */
@Component
public class KeyDerivation {

    private static final int SECRET_BYTES = 32;

    private final List<byte[]> keys;

    public KeyDerivation(EncryptionProperties settings) {
        this.keys = settings.keys();
    }

    /**
     * Derives the secrets for a purpose, one for each configured key.
     * @param purpose the purpose, such as {@code feed binance}
     * @return secrets of 43 characters each: the first is used, all are accepted
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
