package pregao.simulator.polarium;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * Everybody who is connected.
 */
final class WebSocketSessionRegistry {

    private final Set<WebSocketSession> conversations = new HashSet<>();

    private long joined;

    void join(WebSocketSession conversation) {
        this.conversations.add(conversation);
        this.joined++;
    }

    void leave(WebSocketSession conversation) {
        this.conversations.remove(conversation);
    }

    int size() {
        return this.conversations.size();
    }

    long joined() {
        return this.joined;
    }

    List<WebSocketSession> all() {
        return new ArrayList<>(this.conversations);
    }

    /**
     * Tells a user's connections of something, if they asked for it.
     * @param userId whom
     * @param service where it happened
     * @param name what happened
     * @param message the particulars
     */
    void tell(long userId, String service, String name, ObjectNode message) {
        for (WebSocketSession conversation : all()) {
            if (conversation.userId() == userId) {
                conversation.event(service, name, message);
            }
        }
    }

}
