package pregao.session.broker.polarium;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * Thrown if the broker rejects a request.
 */
@SuppressWarnings("serial")
final class RpcRejectedException extends BrokerException {

    private final transient JsonNode details;

    RpcRejectedException(int status, String message, JsonNode details) {
        super(Kind.REFUSED, status, message);
        this.details = details;
    }

    JsonNode details() {
        return this.details;
    }

}
