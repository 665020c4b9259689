package pregao.ingest.candle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what a crash left in the outbox is published.
 *
 * @param age how old a row must be to count as left behind; longer than a request takes
 * @param sweep how often it is looked for
 */
@ConfigurationProperties("pregao.ingest.outbox")
public record OutboxSettings(@DefaultValue("5s") Duration age, @DefaultValue("1s") Duration sweep) {
}
