package pregao.devcluster.state;

/**
 * What is known of a part of the stack.
 *
 * @param name such as {@code ingest}
 * @param state how it is
 * @param pid its process, or 0
 * @param url where it is, without secrets
 * @param management where a service answers metrics and log levels; empty for others
 * @param restarts how often it was started again
 * @param seconds how long the last start took
 */
public record ComponentReport(String name, ComponentState state, long pid, String url, String management, int restarts,
        double seconds) {

}
