package pregao.simulator.polarium;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * A call that the broker does not do.
 */
@SuppressWarnings("serial")
final class RpcErrorException extends Exception {

    private final int status;

    private final transient ObjectNode message;

    RpcErrorException(int status, String text) {
        this(status, Json.object().put("message", text));
    }

    RpcErrorException(int status, ObjectNode message) {
        super(message.toString(), null, false, false);
        this.status = status;
        this.message = message;
    }

    /**
     * A value that is not allowed.
     * @param field where
     * @param text why
     * @return to be thrown
     */
    static RpcErrorException of(String field, String text) {
        ObjectNode message = Json.object();
        message.putArray(field).add(text);
        return new RpcErrorException(4220, message);
    }

    int status() {
        return this.status;
    }

    ObjectNode message() {
        return this.message;
    }

}
