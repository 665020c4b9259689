package pregao.session.broker.polarium;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Frame from the broker, in one of three shapes, listed in the order in which they are
 * checked. An empty field counts as missing.
 */
sealed interface MessageFrame {

    /** The status of a successful reply. */
    int OK_STATUS = 2000;

    /** The lowest status of a rejection. */
    int MIN_ERROR_STATUS = 4000;

    /**
     * Parses a frame.
     * @param json the text of the frame
     * @return the frame; a push without a name if the shape is unknown
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
     * Serializes a frame to send.
     * @param name the name of the envelope
     * @param requestId the id of the request
     * @param message the message in the envelope
     * @return the JSON text
     */
    static String write(String name, String requestId, JsonNode message) {
        ObjectNode frame = JsonTrees.createObject().put("name", name).put("request_id", requestId);
        frame.set("msg", message);
        return JsonTrees.write(frame);
    }

    /**
     * Reply to a request, or its acknowledgement.
     *
     * @param request the id of the request
     * @param name the name, {@code result} for an acknowledgement
     * @param status 2000 for success; 4000 and above, and below 0, for errors; 0 if
     * missing
     * @param message the message
     */
    record Reply(String request, String name, int status, JsonNode message) implements MessageFrame {

        boolean isAcknowledgement() {
            return this.name.equals("result");
        }

    }

    /**
     * Event of a subscription.
     *
     * @param service the microservice that sent it
     * @param name the name of the event
     * @param message the message
     */
    record Event(String service, String name, JsonNode message) implements MessageFrame {

        boolean matches(String service, String name) {
            return this.service.equals(service) && this.name.equals(name);
        }

    }

    /**
     * Any other frame, such as the server time.
     *
     * @param name the name
     * @param message the message
     */
    record Push(String name, JsonNode message) implements MessageFrame {

    }

}
