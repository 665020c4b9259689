package pregao.session.broker.binance;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * What the broker's answers mean: what it refuses was not done, of what it fails at
 * nobody knows.
 */
final class BinanceErrorMapper {

    /** The header with the weight that this address has used in this minute. */
    static final String USED_WEIGHT_HEADER = "X-MBX-USED-WEIGHT-1M";

    /** Headers with the orders of an account. */
    static final String ORDER_COUNT_10S_HEADER = "X-MBX-ORDER-COUNT-10S";

    static final String ORDER_COUNT_1D_HEADER = "X-MBX-ORDER-COUNT-1D";

    static final int TOO_MANY_REQUESTS = -1003;

    static final int TOO_MANY_ORDERS = -1015;

    static final int INVALID_TIMESTAMP = -1021;

    static final int INVALID_SIGNATURE = -1022;

    static final int CANCEL_REJECTED = -2011;

    static final int NO_SUCH_ORDER = -2013;

    static final int BAD_API_KEY_FORMAT = -2014;

    static final int REJECTED_API_KEY = -2015;

    /** However long the broker bans an address, milliseconds. */
    static final long MAX_RETRY_AFTER_MILLIS = 604_800_000;

    private static final int UNEXPECTED_RESPONSE = -1006;

    private static final int TIMEOUT = -1007;

    private static final long DEFAULT_RETRY_AFTER_MILLIS = 60_000;

    private BinanceErrorMapper() {
    }

    /**
     * Reads an answer.
     * @param status of HTTP
     * @param body a missing node where it is not JSON
     * @return the body
     * @throws BrokerException where it is no answer
     */
    static JsonNode requireSuccess(int status, JsonNode body) {
        int code = body.path("code").asInt(0);
        String message = body.path("msg").asString("status " + status);
        if (status >= 500 || status == 408 || code == UNEXPECTED_RESPONSE || code == TIMEOUT) {
            throw new BrokerException(BrokerException.Kind.TIMED_OUT, code, message);
        }
        if (status == 403) {
            throw new BrokerException(BrokerException.Kind.REFUSED, status,
                    "the broker's firewall refused the request");
        }
        if ((status == 429 || status == 418) && code != TOO_MANY_ORDERS) {
            throw new BrokerException(BrokerException.Kind.REFUSED, TOO_MANY_REQUESTS, message);
        }
        if (body.isMissingNode()) {
            throw new BrokerException(BrokerException.Kind.LOST, "the broker's answer is not JSON, status " + status);
        }
        if (status >= 300) {
            throw new BrokerException(BrokerException.Kind.REFUSED, (code == 0) ? status : code, message);
        }
        return body;
    }

    /**
     * How long to leave the broker alone.
     * @param header as sent, in seconds, or null
     * @return milliseconds
     */
    static long parseRetryAfterMillis(@Nullable String header) {
        try {
            return (header == null) ? DEFAULT_RETRY_AFTER_MILLIS : Math
                .clamp(TimeUnit.SECONDS.toMillis(Long.parseLong(header.trim())), 1000, MAX_RETRY_AFTER_MILLIS);
        }
        catch (NumberFormatException ex) {
            return DEFAULT_RETRY_AFTER_MILLIS;
        }
    }

    static boolean isInvalidTimestamp(Throwable error) {
        return isRefusedWith(error, INVALID_TIMESTAMP);
    }

    /**
     * Whether the broker will not accept the key again.
     * @param error of any kind
     * @return true where it was revoked, or is not good from here
     */
    static boolean isKeyRejected(Throwable error) {
        return error instanceof BrokerException failure && failure.kind() == BrokerException.Kind.REFUSED
                && isKeyRejected(failure.status());
    }

    static boolean isKeyRejected(int code) {
        return code == REJECTED_API_KEY || code == BAD_API_KEY_FORMAT;
    }

    static boolean isRefusedWith(Throwable error, int code) {
        return error instanceof BrokerException failure && failure.kind() == BrokerException.Kind.REFUSED
                && failure.status() == code;
    }

}
