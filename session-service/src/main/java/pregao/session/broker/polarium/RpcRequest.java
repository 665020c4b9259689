package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.function.Supplier;

import tools.jackson.databind.node.ObjectNode;

/**
 * Request to one of the broker's services.
 *
 * @param name the name of the call
 * @param version the version of the call
 * @param body the supplier of the body, called right before the request is sent
 * @param timeout the timeout for the reply
 * @param isOrder whether the rate limit of orders applies, too
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
