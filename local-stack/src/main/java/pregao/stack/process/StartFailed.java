package pregao.stack.process;

/**
 * Something of the stack did not start; the message says what a person can do.
 */
public class StartFailed extends RuntimeException {

    public StartFailed(String message) {
        super(message);
    }

    public StartFailed(String message, Throwable cause) {
        super(message, cause);
    }

}
