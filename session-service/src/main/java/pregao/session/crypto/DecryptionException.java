package pregao.session.crypto;

/**
 * Something was encrypted by a key that is not there any more, for something else, or was
 * altered.
 */
public final class DecryptionException extends RuntimeException {

    DecryptionException(String message) {
        super(message);
    }

}
