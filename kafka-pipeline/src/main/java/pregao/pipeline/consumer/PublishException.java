package pregao.pipeline.consumer;

/**
 * Something is stored, but it is not known whether the brokers have heard of it. It is
 * published again.
 */
public final class PublishException extends RuntimeException {

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }

}
