package pregao.strategy.job;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are done.
 *
 * @param threads how many are done at once by one replica
 * @param maxPerUser how many of one person may wait or run, where there is room
 * @param maxTotal how many of all people may wait or run; see {@link FairShare}
 * @param retainedPerUser how many of one person and kind are kept
 * @param heartbeatTimeout after which time without a word a replica is taken for dead
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
