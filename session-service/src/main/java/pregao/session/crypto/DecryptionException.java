package pregao.session.crypto;

/**
 * Thrown if a secret cannot be decrypted: its key is no longer configured, it was
 * encrypted for another purpose, or it was altered.
 */
public final class DecryptionException extends RuntimeException {

    DecryptionException(String message) {
        super(message);
    }

}
