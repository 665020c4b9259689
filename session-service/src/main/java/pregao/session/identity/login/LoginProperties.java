package pregao.session.identity.login;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetime of logins and retention of their data.
 *
 * @param idleTimeout the time after which a login ends if it is not refreshed
 * @param maxLifetime the time after which a login ends in any case
 * @param leeway the time after its first use during which a refresh token may be used
 * again, because two browser tabs may use it at the same time and a response can be lost
 * @param retention the retention of ended logins
 * @param auditRetention the retention of audit events
 */
@ConfigurationProperties("pregao.session.login")
public record LoginProperties(@DefaultValue("14d") Duration idleTimeout, @DefaultValue("90d") Duration maxLifetime,
        @DefaultValue("20s") Duration leeway, @DefaultValue("30d") Duration retention,
        @DefaultValue("365d") Duration auditRetention) {

}
