package pregao.session.binance;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;

/**
 * What the broker's answers mean: what it refuses was not done, of what it fails at
 * nobody knows.
 */
final class Answers {

    /** The header with the weight that this address has used in this minute. */
    static final String WEIGHT = "X-MBX-USED-WEIGHT-1M";

    static final int TOO_MANY = -1003;

    static final int WRONG_TIME = -1021;

    static final int WRONG_SIGNATURE = -1022;

    static final int NO_SUCH_ORDER = -2013;

    static final int BAD_KEY = -2014;

    static final int KEY_NOT_ACCEPTED = -2015;

    private static final int ORDERS = -1015;

    private static final int UNEXPECTED = -1006;

    private static final int TIMED_OUT = -1007;

    private static final int USUAL_SECONDS = 60;

    private Answers() {
    }

    /**
     * Reads an answer.
     * @param status of HTTP
     * @param body a missing node where it is not JSON
     * @return the body
     * @throws BrokerFailure where it is no answer
     */
    static JsonNode judged(int status, JsonNode body) {
        int code = body.path("code").asInt(0);
        String text = body.path("msg").asString("status " + status);
        if (status >= 500 || status == 408 || code == UNEXPECTED || code == TIMED_OUT) {
            throw new BrokerFailure(BrokerFailure.Kind.TIMED_OUT, code, text);
        }
        if (status == 403) {
            throw new BrokerFailure(BrokerFailure.Kind.REFUSED, status, "the broker's firewall refused the request");
        }
        if (wantsSilence(status) && code != ORDERS) {
            throw new BrokerFailure(BrokerFailure.Kind.REFUSED, TOO_MANY, text);
        }
        if (body.isMissingNode()) {
            throw new BrokerFailure(BrokerFailure.Kind.LOST, "the broker's answer is not JSON, status " + status);
        }
        if (status >= 300) {
            throw new BrokerFailure(BrokerFailure.Kind.REFUSED, (code == 0) ? status : code, text);
        }
        return body;
    }

    static boolean wantsSilence(int status) {
        return status == 429 || status == 418;
    }

    /**
     * How long to leave the broker alone.
     * @param header as sent, in seconds, or null
     * @return milliseconds
     */
    static long retryAfter(@Nullable String header) {
        try {
            return 1000L * ((header == null) ? USUAL_SECONDS : Math.clamp(Long.parseLong(header.trim()), 1, 604_800));
        }
        catch (NumberFormatException ex) {
            return 1000L * USUAL_SECONDS;
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
        return is(error, KEY_NOT_ACCEPTED) || is(error, BAD_KEY);
    }

    static boolean is(Throwable error, int code) {
        return error instanceof BrokerFailure failure && failure.kind() == BrokerFailure.Kind.REFUSED
                && failure.status() == code;
    }

}
