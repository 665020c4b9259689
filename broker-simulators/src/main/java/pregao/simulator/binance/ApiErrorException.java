package pregao.simulator.binance;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * A request that the broker does not do.
 */
@SuppressWarnings("serial")
final class ApiErrorException extends RuntimeException {

    private final int status;

    private final int code;

    private final String text;

    private final long retryAfter;

    private final transient @Nullable ObjectNode data;

    ApiErrorException(int code, String text) {
        this(400, code, text, 0);
    }

    ApiErrorException(int status, int code, String text, long retryAfter) {
        this(status, code, text, retryAfter, null);
    }

    ApiErrorException(int status, int code, String text, ObjectNode data) {
        this(status, code, text, 0, data);
    }

    private ApiErrorException(int status, int code, String text, long retryAfter, @Nullable ObjectNode data) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.retryAfter = retryAfter;
        this.data = data;
    }

    int status() {
        return this.status;
    }

    /**
     * How long to leave the broker alone.
     * @return seconds, or 0
     */
    long retryAfter() {
        return this.retryAfter;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("code", this.code).put("msg", this.text);
        if (this.data != null) {
            json.set("data", this.data);
        }
        return json;
    }

}
