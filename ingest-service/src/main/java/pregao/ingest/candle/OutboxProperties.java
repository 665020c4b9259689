package pregao.ingest.candle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what a crash left in the outbox is published.
 *
 * @param minAge how old a row must be to count as left behind; longer than a request
 * takes
 * @param interval how often it is looked for
 * @param maxAttempts how often a row may fail on its own before it is set aside
 */
@ConfigurationProperties("pregao.outbox")
public record OutboxProperties(@DefaultValue("5s") Duration minAge, @DefaultValue("1s") Duration interval,
        @DefaultValue("5") int maxAttempts) {
}
