package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.function.Supplier;

import tools.jackson.databind.node.ObjectNode;

/**
 * A question to the broker.
 *
 * @param name of the service's call
 * @param version of it
 * @param body made right before it is sent
 * @param timeout how long to wait for the answer
 * @param isOrder whether it is held to the pace of orders
 */
record RpcRequest(String name, String version, Supplier<ObjectNode> body, Duration timeout, boolean isOrder) {

    static RpcRequest of(String name, String version, ObjectNode body, Duration timeout) {
        return new RpcRequest(name, version, () -> body, timeout, false);
    }

    ObjectNode toMessage() {
        ObjectNode message = JsonTrees.createObject().put("name", this.name).put("version", this.version);
        message.set("body", this.body.get());
        return message;
    }

}
