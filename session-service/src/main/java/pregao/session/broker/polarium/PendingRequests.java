package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The requests that wait for a reply. A reply finds its request by its id and by nothing
 * else; an acknowledgement ends a request only where nothing follows it, or where it says
 * no. One that is missing or comes twice changes nothing.
 *
 * @param <T> who waits
 */
final class PendingRequests<T> {

    private final Map<String, PendingRequest<T>> requestsById = new LinkedHashMap<>();

    private long lastId;

    /**
     * Begins to wait.
     * @param owner who waits
     * @param endsAcknowledged whether nothing follows the acknowledgement
     * @return the request's id
     */
    String register(T owner, boolean endsAcknowledged) {
        String id = Long.toString(++this.lastId);
        this.requestsById.put(id, new PendingRequest<>(owner, endsAcknowledged));
        return id;
    }

    /**
     * Takes a reply.
     * @param reply as it arrived
     * @return what it ends, or null where it ends nothing
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
     * Waits no longer.
     * @param id of the request
     * @return who waited, or null where it has ended
     */
    @Nullable T remove(String id) {
        PendingRequest<T> request = this.requestsById.remove(id);
        return (request == null) ? null : request.owner();
    }

    /**
     * Waits no longer for anything.
     * @return who waited
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
     * How a request ended.
     *
     * @param <T> who waited
     */
    sealed interface Completion<T> {

        /**
         * Who waited.
         * @return the owner
         */
        T owner();

        /**
         * With an answer.
         *
         * @param owner who waited
         * @param message the answer
         * @param <T> who waited
         */
        record Succeeded<T>(T owner, JsonNode message) implements Completion<T> {

        }

        /**
         * With a no.
         *
         * @param owner who waited
         * @param status the broker's number
         * @param reason the broker's words
         * @param message the particulars
         * @param <T> who waited
         */
        record Refused<T>(T owner, int status, String reason, JsonNode message) implements Completion<T> {

        }

    }

    private record PendingRequest<T>(T owner, boolean endsAcknowledged) {

    }

}
