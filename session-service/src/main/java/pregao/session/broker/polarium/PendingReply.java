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

    static PendingReply nobody() {
        return new PendingReply((answer) -> {
        }, (failure) -> {
        });
    }

    void end(PendingRequests.Completion<PendingReply> end) {
        switch (end) {
            case PendingRequests.Completion.Succeeded<PendingReply> answer -> this.answered.accept(answer.message());
            case PendingRequests.Completion.Refused<PendingReply> no ->
                this.failed.accept(new RpcRejectedException(no.status(), no.reason(), no.message()));
        }
    }

    void fail(BrokerException.Kind kind, String message) {
        this.failed.accept(new BrokerException(kind, message));
    }

}
