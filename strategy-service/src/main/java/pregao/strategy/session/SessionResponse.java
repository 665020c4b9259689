package pregao.strategy.session;

import tools.jackson.databind.JsonNode;

/**
 * A response of session-service.
 */
public sealed interface SessionResponse {

    /**
     * A successful response.
     *
     * @param body the response body
     */
    record Ok(JsonNode body) implements SessionResponse {

    }

    /** The requested object does not exist. */
    record NotFound() implements SessionResponse {

    }

    /**
     * The request was rejected; repeating it does not help.
     *
     * @param why the explanation
     */
    record Rejected(String why) implements SessionResponse {

    }

    /**
     * The result is unknown: session-service did not respond, or not in time, or has an
     * error.
     *
     * @param why the explanation
     */
    record Unknown(String why) implements SessionResponse {

    }

}
