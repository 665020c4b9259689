package pregao.strategy.session;

import tools.jackson.databind.JsonNode;

/**
 * What session-service answered.
 */
public sealed interface SessionResponse {

    /**
     * It knows.
     *
     * @param body what it says
     */
    record Ok(JsonNode body) implements SessionResponse {

    }

    /** There is no such thing. */
    record NotFound() implements SessionResponse {

    }

    /**
     * It does not want it, and will not.
     *
     * @param why in words
     */
    record Rejected(String why) implements SessionResponse {

    }

    /**
     * Nobody knows: it did not answer, or not in time, or not yet.
     *
     * @param why in words
     */
    record Unknown(String why) implements SessionResponse {

    }

}
