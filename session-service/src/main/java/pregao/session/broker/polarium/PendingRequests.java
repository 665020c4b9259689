package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Requests that wait for a reply. A reply matches a request by its id only. An
 * acknowledgement completes a request only if it's the last reply, or if it's a
 * rejection. A missing or duplicate acknowledgement has no effect.
 *
 * @param <T> the type of the owner of a request
 */
final class PendingRequests<T> {

    private final Map<String, PendingRequest<T>> requestsById = new LinkedHashMap<>();

    private long lastId;

    /**
     * Registers a request.
     * @param owner the owner that waits for the reply
     * @param endsAcknowledged whether the acknowledgement is the last reply
     * @return the id of the request
     */
    String register(T owner, boolean endsAcknowledged) {
        String id = Long.toString(++this.lastId);
        this.requestsById.put(id, new PendingRequest<>(owner, endsAcknowledged));
        return id;
    }

    /**
     * Completes a request with a reply.
     * @param reply the reply
     * @return the completion, or null if the reply completes no request
     */
    @Nullable Completion<T> complete(MessageFrame.Reply reply) {
        PendingRequest<T> request = this.requestsById.get(reply.request());
        if (request == null) {
            return null;
        }
        JsonNode message = reply.message();
        boolean refused = reply.status() >= MessageFrame.MIN_ERROR_STATUS || reply.status() < 0;
        if (reply.isAcknowledgement()) {
            refused |= !message.path("success").asBoolean(true);
            if (!refused && !request.endsAcknowledged()) {
                return null;
            }
        }
        this.requestsById.remove(reply.request());
        return refused ? new Completion.Refused<>(request.owner(), reply.status(), findReason(message), message)
                : new Completion.Succeeded<>(request.owner(), message);
    }

    /**
     * Removes a request.
     * @param id the id of the request
     * @return its owner, or null if the request has completed
     */
    @Nullable T remove(String id) {
        PendingRequest<T> request = this.requestsById.remove(id);
        return (request == null) ? null : request.owner();
    }

    /**
     * Removes all requests.
     * @return their owners
     */
    List<T> removeAll() {
        List<T> owners = new ArrayList<>();
        this.requestsById.values().forEach((request) -> owners.add(request.owner()));
        this.requestsById.clear();
        return owners;
    }

    private static String findReason(JsonNode message) {
        for (String field : List.of("message", "reason")) {
            if (message.path(field).isString()) {
                return message.path(field).asString("");
            }
        }
        return message.isMissingNode() ? "" : message.toString();
    }

    /**
     * Completion of a request.
     *
     * @param <T> the type of the owner
     */
    sealed interface Completion<T> {

        /**
         * Returns the owner of the request.
         * @return the owner
         */
        T owner();

        /**
         * Completion with a reply.
         *
         * @param owner the owner of the request
         * @param message the message of the reply
         * @param <T> the type of the owner
         */
        record Succeeded<T>(T owner, JsonNode message) implements Completion<T> {

        }

        /**
         * Completion with a rejection.
         *
         * @param owner the owner of the request
         * @param status the status of the reply
         * @param reason the reason that the broker states
         * @param message the message of the reply
         * @param <T> the type of the owner
         */
        record Refused<T>(T owner, int status, String reason, JsonNode message) implements Completion<T> {

        }

    }

    private record PendingRequest<T>(T owner, boolean endsAcknowledged) {

    }

}
