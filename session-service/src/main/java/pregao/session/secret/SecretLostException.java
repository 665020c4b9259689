package pregao.session.secret;

/**
 * Something was encrypted by a key that is not there any more, for something else, or was
 * altered.
 */
public final class SecretLostException extends RuntimeException {

    SecretLostException(String message) {
        super(message);
    }

}
