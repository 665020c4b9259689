package pregao.session.broker.binance;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * Mapper from HTTP statuses and Binance error codes to {@link BrokerException}. A refused
 * request had no effect. The outcome of a request that failed with a server error or a
 * timeout is unknown.
 */
final class BinanceErrorMapper {

    /**
     * The response header with the request weight that this IP address has used in the
     * current minute.
     */
    static final String USED_WEIGHT_HEADER = "X-MBX-USED-WEIGHT-1M";

    /**
     * The response headers with the number of orders that the account has placed in the
     * current 10 s and in the current day.
     */
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

    /** The longest ban of an IP address by Binance, 7 days, in milliseconds. */
    static final long MAX_RETRY_AFTER_MILLIS = 604_800_000;

    private static final int UNEXPECTED_RESPONSE = -1006;

    private static final int TIMEOUT = -1007;

    private static final long DEFAULT_RETRY_AFTER_MILLIS = 60_000;

    private BinanceErrorMapper() {
    }

    /**
     * Returns the body of a successful response.
     * @param status the HTTP status
     * @param body the response body, or a missing node if it isn't JSON
     * @return the body
     * @throws BrokerException if the response is an error or isn't JSON
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
     * Parses a {@code Retry-After} header.
     * @param header the header value in seconds, or null if the response has none
     * @return the delay in milliseconds, at least 1 s and at most 7 days; 60 s if the
     * header is missing or malformed
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
     * Returns whether Binance rejects the API key.
     * @param error any error
     * @return true if the key is revoked, malformed, or not allowed from this IP address
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
