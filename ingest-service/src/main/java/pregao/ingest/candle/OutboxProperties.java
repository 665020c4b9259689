package pregao.ingest.candle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what a crash left in the outbox is published.
 *
 * @param age how old a row must be to count as left behind; longer than a request takes
 * @param sweep how often it is looked for
 * @param attempts how often a row may fail on its own before it is set aside
 */
@ConfigurationProperties("pregao.ingest.outbox")
public record OutboxProperties(@DefaultValue("5s") Duration age, @DefaultValue("1s") Duration sweep,
        @DefaultValue("5") int attempts) {
}
