package pregao.session.outbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are made.
 *
 * @param partitions of every market topic; fixed at install
 * @param replication on how many brokers a record is
 */
@ConfigurationProperties("pregao")
public record TopicSettings(@DefaultValue("4") int partitions, @DefaultValue("1") short replication) {
}
