package pregao.session.polarium;

import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;

/**
 * Who waits for a reply.
 *
 * @param answered told the answer
 * @param failed told why there is none
 */
record Waiter(Consumer<JsonNode> answered, Consumer<BrokerFailure> failed) {

    static Waiter nobody() {
        return new Waiter((answer) -> {
        }, (failure) -> {
        });
    }

    void end(Requests.End<Waiter> end) {
        switch (end) {
            case Requests.End.Answered<Waiter> answer -> this.answered.accept(answer.message());
            case Requests.End.Refused<Waiter> no ->
                this.failed.accept(new CallRefused(no.status(), no.reason(), no.message()));
        }
    }

    void fail(BrokerFailure.Kind kind, String message) {
        this.failed.accept(new BrokerFailure(kind, message));
    }

}
