package pregao.session.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import org.springframework.stereotype.Component;

/**
 * Encryptor of secrets that must be readable again, by AES-GCM (NIST SP 800-38D). The
 * output is a format version, the key ID, a random nonce and the ciphertext. The purpose
 * is authenticated as additional data, so that one secret cannot be put in place of
 * another.
 */
@Component
public class AesGcmEncryptor {

    private static final byte FORMAT_VERSION = 1;

    private static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    private static final int HEADER_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

    private final Map<Integer, SecretKey> keysById = new LinkedHashMap<>();

    private final int currentKeyId;

    private final SecureRandom random = new SecureRandom();

    public AesGcmEncryptor(EncryptionProperties settings) {
        for (byte[] secret : settings.keys()) {
            this.keysById.putIfAbsent(ByteBuffer.wrap(deriveKey(secret, "key id").getEncoded()).getInt(),
                    deriveKey(secret, "encryption"));
        }
        this.currentKeyId = this.keysById.keySet().iterator().next();
    }

    /**
     * Encrypts a secret with the current key.
     * @param purpose the kind and owner of the secret, such as {@code totp:} and the user
     * ID
     * @param plaintext the secret
     * @return the encrypted secret to store
     */
    public byte[] encrypt(String purpose, byte[] plaintext) {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        SecretKey key = Objects.requireNonNull(this.keysById.get(this.currentKeyId));
        byte[] ciphertext = runCipher(Cipher.ENCRYPT_MODE, key, nonce, purpose, plaintext);
        return ByteBuffer.allocate(HEADER_BYTES + ciphertext.length)
            .put(FORMAT_VERSION)
            .putInt(this.currentKeyId)
            .put(nonce)
            .put(ciphertext)
            .array();
    }

    /**
     * Decrypts a secret.
     * @param purpose the purpose that was passed to {@link #encrypt}
     * @param encrypted the stored secret
     * @return the plaintext
     * @throws DecryptionException if the key is unknown, the purpose differs or the data
     * was altered
     */
    public byte[] decrypt(String purpose, byte[] encrypted) {
        if (encrypted.length < HEADER_BYTES || encrypted[0] != FORMAT_VERSION) {
            throw new DecryptionException("not an encrypted secret");
        }
        ByteBuffer buffer = ByteBuffer.wrap(encrypted, 1, encrypted.length - 1);
        SecretKey key = this.keysById.get(buffer.getInt());
        if (key == null) {
            throw new DecryptionException("encrypted by a key that PREGAO_SECRET_KEY does not name");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] ciphertext = new byte[buffer.remaining()];
        buffer.get(ciphertext);
        return runCipher(Cipher.DECRYPT_MODE, key, nonce, purpose, ciphertext);
    }

    private static SecretKey deriveKey(byte[] secret, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES",
                        HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(("pregao secrets, " + purpose).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HKDF", ex);
        }
    }

    private static byte[] runCipher(int mode, SecretKey key, byte[] nonce, String purpose, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        }
        catch (GeneralSecurityException ex) {
            throw new DecryptionException("altered, or encrypted for something else");
        }
    }

}
