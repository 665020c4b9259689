package pregao.session.broker.polarium;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the broker sends, in the order in which the three shapes are told apart. A field
 * that is empty is not there.
 */
sealed interface MessageFrame {

    /** The status of a reply that is an answer. */
    int OK_STATUS = 2000;

    /** The status from which a reply is a refusal. */
    int MIN_ERROR_STATUS = 4000;

    /**
     * Reads a frame.
     * @param json as it arrived
     * @return what it is; a push without a name where it is nothing known
     */
    static MessageFrame parse(String json) {
        JsonNode tree = JsonTrees.parse(json);
        String name = tree.path("name").asString("");
        JsonNode message = tree.path("msg");
        String requestId = tree.path("request_id").asString("");
        if (!requestId.isEmpty()) {
            return new Reply(requestId, name, tree.path("status").asInt(0), message);
        }
        String service = tree.path("microserviceName").asString("");
        if (!service.isEmpty()) {
            return new Event(service, name, message);
        }
        return new Push(name, message);
    }

    /**
     * Writes a frame of ours.
     * @param name of the envelope
     * @param requestId the request's id
     * @param message what is in it
     * @return a text
     */
    static String write(String name, String requestId, JsonNode message) {
        ObjectNode frame = JsonTrees.createObject().put("name", name).put("request_id", requestId);
        frame.set("msg", message);
        return JsonTrees.write(frame);
    }

    /**
     * Answers a request, or acknowledges it.
     *
     * @param request its id
     * @param name {@code result} where it acknowledges
     * @param status 2000 is good, from 4000 on and below 0 bad; 0 where there is none
     * @param message the answer
     */
    record Reply(String request, String name, int status, JsonNode message) implements MessageFrame {

        boolean isAcknowledgement() {
            return this.name.equals("result");
        }

    }

    /**
     * Something happened that was subscribed to.
     *
     * @param service where
     * @param name what
     * @param message the particulars
     */
    record Event(String service, String name, JsonNode message) implements MessageFrame {

        boolean matches(String service, String name) {
            return this.service.equals(service) && this.name.equals(name);
        }

    }

    /**
     * Anything else, such as the time.
     *
     * @param name what
     * @param message the particulars
     */
    record Push(String name, JsonNode message) implements MessageFrame {

    }

}
