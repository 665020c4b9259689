package pregao.devcluster.state;

import java.util.List;
import java.util.Optional;

/**
 * What a stack says of itself; no secrets are in it.
 *
 * @param pid the process that supervises
 * @param phase how far it is
 * @param message why it ended, where it did
 * @param parts what it runs, in the order of starting
 */
public record ClusterReport(long pid, Phase phase, String message, List<ComponentReport> parts) {

    public ClusterReport {
        parts = List.copyOf(parts);
    }

    /**
     * A part of it.
     * @param name its name
     * @return the part, where there is one
     */
    public Optional<ComponentReport> part(String name) {
        return this.parts.stream().filter((part) -> part.name().equals(name)).findFirst();
    }

    /**
     * Where a part is.
     * @param name its name
     * @return its address, empty where there is no such part
     */
    public String url(String name) {
        return part(name).map(ComponentReport::url).orElse("");
    }

    /**
     * How far a stack is.
     */
    public enum Phase {

        /** Not everything is ready yet. */
        STARTING,
        /** Everything was ready once. */
        READY,
        /** It ends. */
        STOPPING,
        /** It could not start. */
        FAILED

    }

}
