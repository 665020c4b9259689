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
    static final String WEIGHT = "X-MBX-USED-WEIGHT-1M";

    /** Headers with the orders of an account. */
    static final String ORDERS_10S = "X-MBX-ORDER-COUNT-10S";

    static final String ORDERS_1D = "X-MBX-ORDER-COUNT-1D";

    static final int TOO_MANY = -1003;

    static final int TOO_MANY_ORDERS = -1015;

    static final int WRONG_TIME = -1021;

    static final int WRONG_SIGNATURE = -1022;

    static final int CANCEL_REFUSED = -2011;

    static final int NO_SUCH_ORDER = -2013;

    static final int BAD_KEY = -2014;

    static final int KEY_NOT_ACCEPTED = -2015;

    /** However long the broker bans an address, milliseconds. */
    static final long LONGEST_STOP = 604_800_000;

    private static final int UNEXPECTED = -1006;

    private static final int TIMED_OUT = -1007;

    private static final long USUAL_STOP = 60_000;

    private BinanceErrorMapper() {
    }

    /**
     * Reads an answer.
     * @param status of HTTP
     * @param body a missing node where it is not JSON
     * @return the body
     * @throws BrokerException where it is no answer
     */
    static JsonNode judged(int status, JsonNode body) {
        int code = body.path("code").asInt(0);
        String text = body.path("msg").asString("status " + status);
        if (status >= 500 || status == 408 || code == UNEXPECTED || code == TIMED_OUT) {
            throw new BrokerException(BrokerException.Kind.TIMED_OUT, code, text);
        }
        if (status == 403) {
            throw new BrokerException(BrokerException.Kind.REFUSED, status,
                    "the broker's firewall refused the request");
        }
        if ((status == 429 || status == 418) && code != TOO_MANY_ORDERS) {
            throw new BrokerException(BrokerException.Kind.REFUSED, TOO_MANY, text);
        }
        if (body.isMissingNode()) {
            throw new BrokerException(BrokerException.Kind.LOST, "the broker's answer is not JSON, status " + status);
        }
        if (status >= 300) {
            throw new BrokerException(BrokerException.Kind.REFUSED, (code == 0) ? status : code, text);
        }
        return body;
    }

    /**
     * How long to leave the broker alone.
     * @param header as sent, in seconds, or null
     * @return milliseconds
     */
    static long retryAfter(@Nullable String header) {
        try {
            return (header == null) ? USUAL_STOP
                    : Math.clamp(TimeUnit.SECONDS.toMillis(Long.parseLong(header.trim())), 1000, LONGEST_STOP);
        }
        catch (NumberFormatException ex) {
            return USUAL_STOP;
        }
    }

    static boolean isWrongTime(Throwable error) {
        return is(error, WRONG_TIME);
    }

    /**
     * Whether the broker will not accept the key again.
     * @param error of any kind
     * @return true where it was revoked, or is not good from here
     */
    static boolean isSignedOut(Throwable error) {
        return error instanceof BrokerException failure && failure.kind() == BrokerException.Kind.REFUSED
                && isSignedOut(failure.status());
    }

    static boolean isSignedOut(int code) {
        return code == KEY_NOT_ACCEPTED || code == BAD_KEY;
    }

    static boolean is(Throwable error, int code) {
        return error instanceof BrokerException failure && failure.kind() == BrokerException.Kind.REFUSED
                && failure.status() == code;
    }

}
