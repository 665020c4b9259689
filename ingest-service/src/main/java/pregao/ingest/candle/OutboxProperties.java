package pregao.ingest.candle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the outbox relay.
 *
 * @param minAge the age from which a row counts as left over after a crash; must exceed
 * the duration of a request
 * @param interval how often to look for such rows
 * @param maxAttempts the number of failed attempts after which a row is set aside
 */
@ConfigurationProperties("pregao.outbox")
public record OutboxProperties(@DefaultValue("5s") Duration minAge, @DefaultValue("1s") Duration interval,
        @DefaultValue("5") int maxAttempts) {
}
