package pregao.strategy.job;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of jobs.
 *
 * @param threads the number of jobs that one replica executes at once
 * @param maxPerUser the number of open jobs a user may have while the pool has capacity
 * @param maxTotal the number of open jobs of all users; see {@link FairShare}
 * @param retainedPerUser the number of ended jobs that are kept per user and kind
 * @param heartbeatTimeout the time without a heartbeat after which a replica counts as
 * dead
 */
@ConfigurationProperties("pregao.strategy.jobs")
public record JobProperties(@DefaultValue("2") int threads, @DefaultValue("10") int maxPerUser,
        @DefaultValue("200") int maxTotal, @DefaultValue("200") int retainedPerUser,
        @DefaultValue("15s") Duration heartbeatTimeout) {

    public JobProperties {
        if (threads < 1 || maxPerUser < 1 || maxTotal < 1 || retainedPerUser < 1) {
            throw new IllegalArgumentException(
                    "threads, max-per-user, max-total, and retained-per-user of pregao.strategy.jobs are at least 1");
        }
        if (heartbeatTimeout.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "pregao.strategy.jobs.heartbeat-timeout is at least 2 s, not " + heartbeatTimeout);
        }
    }

}
