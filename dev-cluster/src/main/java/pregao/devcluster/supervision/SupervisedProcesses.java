package pregao.devcluster.supervision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.ComponentReport;

/**
 * The parts of a stack by name, in the order of starting.
 */
public final class SupervisedProcesses {

    private final Map<String, SupervisedProcess> byName = new LinkedHashMap<>();

    /**
     * One more part.
     * @param part not started yet
     * @return the same
     */
    public synchronized SupervisedProcess add(SupervisedProcess part) {
        this.byName.put(part.name(), part);
        return part;
    }

    /**
     * A part.
     * @param name its name
     * @return the part
     */
    public synchronized SupervisedProcess get(String name) {
        SupervisedProcess part = this.byName.get(name);
        if (part == null) {
            throw new IllegalArgumentException(
                    "no part is called " + name + "; there are " + String.join(", ", this.byName.keySet()));
        }
        return part;
    }

    /**
     * A name for one more part beside an equal one.
     * @param name of the first
     * @return with a number
     */
    public synchronized String nextReplica(String name) {
        return name + "-" + (1 + this.byName.keySet().stream().filter((other) -> other.startsWith(name)).count());
    }

    /**
     * All parts.
     * @return in the order of starting
     */
    public synchronized List<SupervisedProcess> all() {
        return List.copyOf(this.byName.values());
    }

    /**
     * How all are.
     * @return a report for each
     */
    public List<ComponentReport> reports() {
        return all().stream().map(SupervisedProcess::report).toList();
    }

    /**
     * Does something with several parts at once and waits for all.
     * @param parts which
     * @param action what
     * @throws StartupException as the first that failed
     */
    public static void together(List<SupervisedProcess> parts, Consumer<SupervisedProcess> action) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach((part) -> all.add(CompletableFuture.runAsync(() -> action.accept(part), threads)));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        catch (CompletionException ex) {
            throw (ex.getCause() instanceof StartupException failed) ? failed
                    : new StartupException(String.valueOf(ex.getCause()), ex);
        }
    }

}
