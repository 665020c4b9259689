package pregao.session.broker.polarium;

import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;

/**
 * Who waits for a reply.
 *
 * @param answered told the answer
 * @param failed told why there is none
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
