package pregao.gateway.redis;

/**
 * Redis did not answer in time, or is being left alone because it did not lately.
 */
public final class RedisAwayException extends RuntimeException {

    RedisAwayException(String why) {
        super(why, null, false, false);
    }

}
