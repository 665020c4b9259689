package pregao.devcluster.process;

/**
 * Something of the stack did not start; the message says what a person can do.
 */
public class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message);
    }

    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }

}
