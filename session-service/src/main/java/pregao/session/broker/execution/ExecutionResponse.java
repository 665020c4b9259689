package pregao.session.broker.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * An order as its person is told of it.
 *
 * @param id ours
 * @param account from which account; null where none was given
 * @param broker the broker's name; null where the order never came to one
 * @param order as it was asked for
 * @param outcome what has become of it, with its {@code state}
 * @param createdAt when it came
 * @param changedAt when the outcome came
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExecutionResponse(UUID id, @Nullable UUID account, @Nullable String broker, PlaceOrderRequest order,
        ExecutionOutcome outcome, Instant createdAt, Instant changedAt) {

    static ExecutionResponse of(Execution execution) {
        return new ExecutionResponse(execution.order().id(), execution.account(), execution.broker(),
                PlaceOrderRequest.of(execution.order()), execution.outcome(), execution.createdAt(),
                execution.changedAt());
    }

    /** An order that is not stored, because it is never sent. */
    static ExecutionResponse notSent(UUID id, PlaceOrderRequest order, ExecutionOutcome.NotSent outcome, Instant now) {
        return new ExecutionResponse(id, order.account(), null, order, outcome, now, now);
    }

    /** 202 while nobody knows what became of it. */
    static ResponseEntity<ExecutionResponse> answer(Execution execution) {
        return ResponseEntity.status(execution.outcome().isUnresolved() ? HttpStatus.ACCEPTED : HttpStatus.OK)
            .body(of(execution));
    }

    /**
     * The answer to a list.
     *
     * @param items the newest first
     */
    record ExecutionsResponse(List<ExecutionResponse> items) {

        ExecutionsResponse {
            items = List.copyOf(items);
        }

    }

}
