package pregao.gateway.redis;

/**
 * Thrown if Redis does not reply in time, or if the circuit breaker is open because it
 * did not reply recently.
 */
public final class RedisUnavailableException extends RuntimeException {

    RedisUnavailableException(String message) {
        super(message, null, false, false);
    }

}
