package pregao.strategy.job;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are done.
 *
 * @param threads how many are done at once by one replica
 * @param open how many of one person may wait or run, where there is room
 * @param total how many of all people may wait or run; see {@link FairShare}
 * @param kept how many of one person and kind are kept
 * @param silent after which time without a word a replica is taken for dead
 */
@ConfigurationProperties("pregao.strategy.jobs")
public record JobProperties(@DefaultValue("2") int threads, @DefaultValue("10") int open,
        @DefaultValue("200") int total, @DefaultValue("200") int kept, @DefaultValue("15s") Duration silent) {

    public JobProperties {
        if (threads < 1 || open < 1 || total < 1 || kept < 1) {
            throw new IllegalArgumentException("threads, open, total and kept of pregao.strategy.jobs are at least 1");
        }
        if (silent.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException("pregao.strategy.jobs.silent is at least 2 s, not " + silent);
        }
    }

}
