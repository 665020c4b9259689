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

    private final Map<String, PendingRequest<T>> waiting = new LinkedHashMap<>();

    private long last;

    /**
     * Begins to wait.
     * @param owner who waits
     * @param endsAcknowledged whether nothing follows the acknowledgement
     * @return the request's id
     */
    String add(T owner, boolean endsAcknowledged) {
        String id = Long.toString(++this.last);
        this.waiting.put(id, new PendingRequest<>(owner, endsAcknowledged));
        return id;
    }

    /**
     * Takes a reply.
     * @param reply as it arrived
     * @return what it ends, or null where it ends nothing
     */
    @Nullable Completion<T> take(MessageFrame.Reply reply) {
        PendingRequest<T> found = this.waiting.get(reply.request());
        if (found == null) {
            return null;
        }
        JsonNode message = reply.message();
        boolean refused = reply.status() >= MessageFrame.ERROR || reply.status() < 0;
        if (reply.isAcknowledgement()) {
            refused |= !message.path("success").asBoolean(true);
            if (!refused && !found.endsAcknowledged()) {
                return null;
            }
        }
        this.waiting.remove(reply.request());
        return refused ? new Completion.Refused<>(found.owner(), reply.status(), reason(message), message)
                : new Completion.Succeeded<>(found.owner(), message);
    }

    /**
     * Waits no longer.
     * @param id of the request
     * @return who waited, or null where it has ended
     */
    @Nullable T give(String id) {
        PendingRequest<T> found = this.waiting.remove(id);
        return (found == null) ? null : found.owner();
    }

    /**
     * Waits no longer for anything.
     * @return who waited
     */
    List<T> giveAll() {
        List<T> owners = new ArrayList<>();
        this.waiting.values().forEach((found) -> owners.add(found.owner()));
        this.waiting.clear();
        return owners;
    }

    private static String reason(JsonNode message) {
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
