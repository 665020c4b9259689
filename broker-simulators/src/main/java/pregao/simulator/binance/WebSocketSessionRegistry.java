package pregao.simulator.binance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is connected by WebSocket.
 */
final class WebSocketSessionRegistry {

    private final Set<WebSocketSession> all = new LinkedHashSet<>();

    private int opened;

    private int talkative;

    void join(WebSocketSession talk) {
        this.all.add(talk);
        this.opened++;
    }

    void leave(WebSocketSession talk) {
        this.all.remove(talk);
    }

    /** Somebody said too much. */
    void tooTalkative() {
        this.talkative++;
    }

    List<WebSocketSession> all() {
        return List.copyOf(this.all);
    }

    <T extends WebSocketSession> List<T> all(Class<T> kind) {
        return this.all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * How many were ever opened.
     * @return since the start
     */
    int opened() {
        return this.opened;
    }

    int talkative() {
        return this.talkative;
    }

}
