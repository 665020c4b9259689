package pregao.gateway.redis;

/**
 * Redis did not answer in time, or is being left alone because it did not lately.
 */
public final class RedisUnavailableException extends RuntimeException {

    RedisUnavailableException(String why) {
        super(why, null, false, false);
    }

}
