package pregao.gateway.redis;

/**
 * Redis did not answer in time, or is being left alone because it did not lately.
 */
public final class RedisUnavailableException extends RuntimeException {

    RedisUnavailableException(String message) {
        super(message, null, false, false);
    }

}
