package pregao.session.identity.login;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a login lasts, and what tells of it.
 *
 * @param idleTimeout after which it ends where nobody refreshes it
 * @param maxLifetime after which it ends in any case
 * @param leeway so long after its first use a refresh token may be used again: two tabs
 * use one at once, and an answer can be lost on the way
 * @param retention how long an ended login is kept
 * @param auditRetention how long events are kept
 */
@ConfigurationProperties("pregao.session.login")
public record LoginProperties(@DefaultValue("14d") Duration idleTimeout, @DefaultValue("90d") Duration maxLifetime,
        @DefaultValue("20s") Duration leeway, @DefaultValue("30d") Duration retention,
        @DefaultValue("365d") Duration auditRetention) {

}
