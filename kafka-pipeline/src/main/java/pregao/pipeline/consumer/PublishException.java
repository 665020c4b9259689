package pregao.pipeline.consumer;

/**
 * Thrown if records are stored, but it is unknown whether the brokers have them. They are
 * published again.
 */
public final class PublishException extends RuntimeException {

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }

}
