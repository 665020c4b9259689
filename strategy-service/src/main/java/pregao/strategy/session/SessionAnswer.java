package pregao.strategy.session;

import tools.jackson.databind.JsonNode;

/**
 * What session-service answered.
 */
public sealed interface SessionAnswer {

    /**
     * It knows.
     *
     * @param body what it says
     */
    record Said(JsonNode body) implements SessionAnswer {

    }

    /** There is no such thing. */
    record Nothing() implements SessionAnswer {

    }

    /**
     * It does not want it, and will not.
     *
     * @param why in words
     */
    record Refused(String why) implements SessionAnswer {

    }

    /**
     * Nobody knows: it did not answer, or not in time, or not yet.
     *
     * @param why in words
     */
    record Unclear(String why) implements SessionAnswer {

    }

}
