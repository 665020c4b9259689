package pregao.pipeline.consumer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are created. Fixed at installation.
 *
 * @param partitions the number of partitions of every market topic
 * @param replication the replication factor
 */
@ConfigurationProperties("pregao")
public record TopicProperties(@DefaultValue("4") int partitions, @DefaultValue("1") int replication) {

    public TopicProperties {
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException("pregao.partitions and pregao.replication are at least 1, not %d and %d"
                .formatted(partitions, replication));
        }
    }

}
