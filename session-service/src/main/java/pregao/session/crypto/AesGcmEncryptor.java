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
 * Encrypts what must be read again, by AES-GCM: a form, the id of the key, a random
 * nonce, the text. What it is for is bound to it, so that one secret cannot be put in the
 * place of another.
 */
@Component
public class AesGcmEncryptor {

    private static final byte FORM = 1;

    private static final int KEY = 32;

    private static final int NONCE = 12;

    private static final int TAG_BITS = 128;

    private static final int HEAD = 1 + Integer.BYTES + NONCE;

    private final Map<Integer, SecretKey> byId = new LinkedHashMap<>();

    private final int current;

    private final SecureRandom random = new SecureRandom();

    public AesGcmEncryptor(EncryptionProperties settings) {
        for (byte[] each : settings.keys()) {
            this.byId.putIfAbsent(ByteBuffer.wrap(derived(each, "key id").getEncoded()).getInt(),
                    derived(each, "encryption"));
        }
        this.current = this.byId.keySet().iterator().next();
    }

    /**
     * Encrypts.
     * @param purpose what it is and whose, such as {@code totp:} and the person's id
     * @param plain the secret
     * @return what may be stored
     */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        this.random.nextBytes(nonce);
        SecretKey key = Objects.requireNonNull(this.byId.get(this.current));
        byte[] text = crypt(Cipher.ENCRYPT_MODE, key, nonce, purpose, plain);
        return ByteBuffer.allocate(HEAD + text.length).put(FORM).putInt(this.current).put(nonce).put(text).array();
    }

    /**
     * Decrypts.
     * @param purpose as it was encrypted for
     * @param sealed what was stored
     * @return the secret
     * @throws DecryptionException where it cannot be read any more
     */
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < HEAD || sealed[0] != FORM) {
            throw new DecryptionException("not an encrypted secret");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        SecretKey key = this.byId.get(buffer.getInt());
        if (key == null) {
            throw new DecryptionException("encrypted by a key that PREGAO_SECRET_KEY does not name");
        }
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, purpose, text);
    }

    private static SecretKey derived(byte[] secret, String use) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                .deriveKey("AES",
                        HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(("pregao secrets, " + use).getBytes(StandardCharsets.UTF_8), KEY));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HKDF", ex);
        }
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, String purpose, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        }
        catch (GeneralSecurityException ex) {
            throw new DecryptionException("altered, or encrypted for something else");
        }
    }

}
