package pregao.session.broker.polarium;

import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * Callbacks for the reply to a request.
 *
 * @param answered called with the reply
 * @param failed called with the error if there is no reply
 */
record PendingReply(Consumer<JsonNode> answered, Consumer<BrokerException> failed) {

    static PendingReply ignoring() {
        return new PendingReply((ignored) -> {
        }, (ignored) -> {
        });
    }

    void complete(PendingRequests.Completion<PendingReply> completion) {
        switch (completion) {
            case PendingRequests.Completion.Succeeded<PendingReply> succeeded ->
                this.answered.accept(succeeded.message());
            case PendingRequests.Completion.Refused<PendingReply> refused ->
                this.failed.accept(new RpcRejectedException(refused.status(), refused.reason(), refused.message()));
        }
    }

    void fail(BrokerException.Kind kind, String message) {
        this.failed.accept(new BrokerException(kind, message));
    }

}
