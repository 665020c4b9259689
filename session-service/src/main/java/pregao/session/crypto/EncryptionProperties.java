package pregao.session.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Encryption keys.
 *
 * @param secretKey one or more comma-separated keys, each 32 bytes in Base64; the first
 * key encrypts, all keys decrypt
 */
@ConfigurationProperties("pregao")
public record EncryptionProperties(String secretKey) {

    private static final int KEY_BYTES = 32;

    public EncryptionProperties {
        for (String encodedKey : secretKey.split(",", -1)) {
            if (decode(encodedKey).length != KEY_BYTES) {
                throw new IllegalArgumentException("PREGAO_SECRET_KEY is 32 random bytes in Base64");
            }
        }
    }

    List<byte[]> keys() {
        return Arrays.stream(this.secretKey.split(",", -1)).map(EncryptionProperties::decode).toList();
    }

    private static byte[] decode(String encodedKey) {
        try {
            return Base64.getDecoder().decode(encodedKey.strip());
        }
        catch (IllegalArgumentException ex) {
            return new byte[0]; // the exception message would put the key into the log
        }
    }

    @Override
    public String toString() {
        return "EncryptionProperties[hidden]";
    }

}
