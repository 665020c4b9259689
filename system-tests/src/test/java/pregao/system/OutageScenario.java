package pregao.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import pregao.devcluster.DevCluster;
import pregao.devcluster.replay.Replay;

/**
 * Kills one part after the other while a replay runs, at even distances, each when the
 * one before is back.
 */
final class OutageScenario implements Replay.Progress {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final DevCluster stack;

    private final List<String> parts;

    private final long rows;

    private final Map<String, Long> killed = new LinkedHashMap<>();

    OutageScenario(DevCluster stack, List<String> parts, long rows) {
        this.stack = stack;
        this.parts = List.copyOf(parts);
        this.rows = rows;
    }

    @Override
    public void show(long bytes, long sent, long rejected) {
        int done = this.killed.size();
        if (done < this.parts.size() && sent >= this.rows * (done + 1) / (this.parts.size() + 1)) {
            awaitEverythingBack();
            String part = this.parts.get(done);
            this.killed.put(part, this.stack.kill9(part));
        }
    }

    /**
     * Waits until the last one killed runs again.
     */
    void awaitEverythingBack() {
        this.killed.forEach((part, pid) -> this.stack.awaitRestart(part, pid, TIMEOUT));
    }

    List<String> killed() {
        return new ArrayList<>(this.killed.keySet());
    }

}
