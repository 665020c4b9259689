package pregao.loop;

/**
 * Something is stored, but it is not known whether the brokers have heard of it. It is
 * published again.
 */
public final class PublishFailed extends RuntimeException {

    PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }

}
