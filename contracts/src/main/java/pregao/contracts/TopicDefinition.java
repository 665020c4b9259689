package pregao.contracts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A topic with all settings that it is created with and corrected to.
 *
 * @param name in Kafka
 * @param partitions their number
 * @param replication copies of each record
 * @param configuration settings by Kafka's names
 */
public record TopicDefinition(String name, int partitions, int replication, Map<String, String> configuration) {

    /** Kafka's setting for how old records are removed. */
    public static final String CLEANUP_POLICY = "cleanup.policy";

    /** Kafka's setting for how long records are kept. */
    public static final String RETENTION = "retention.ms";

    /** Kafka's setting for how many copies a record needs to be acknowledged. */
    public static final String MIN_INSYNC_REPLICAS = "min.insync.replicas";

    /** From this many copies on, one may be lost without a record being lost. */
    private static final int SAFE_REPLICATION = 3;

    public TopicDefinition {
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException("topic %s needs at least 1 partition and 1 replica, not %d and %d"
                .formatted(name, partitions, replication));
        }
        configuration = Map.copyOf(configuration);
    }

    static TopicDefinition compacted(String name, int partitions, int replication) {
        return new TopicDefinition(name, partitions, replication,
                Map.of(CLEANUP_POLICY, "compact", MIN_INSYNC_REPLICAS, minInsyncReplicas(replication)));
    }

    static TopicDefinition retained(String name, int partitions, int replication, Duration retention) {
        return new TopicDefinition(name, partitions, replication, Map.of(CLEANUP_POLICY, "delete", RETENTION,
                Long.toString(retention.toMillis()), MIN_INSYNC_REPLICAS, minInsyncReplicas(replication)));
    }

    /**
     * The settings for a topic that exists with another number of copies, which the
     * settings of a topic cannot change. More copies in sync than there are would refuse
     * every record.
     * @param actual how many copies the existing topic has
     * @return the settings to correct it to
     */
    public Map<String, String> configurationFor(int actual) {
        Map<String, String> adapted = new HashMap<>(this.configuration);
        adapted.put(MIN_INSYNC_REPLICAS, minInsyncReplicas(actual));
        return Map.copyOf(adapted);
    }

    private static String minInsyncReplicas(int replication) {
        return (replication >= SAFE_REPLICATION) ? "2" : "1";
    }

}
