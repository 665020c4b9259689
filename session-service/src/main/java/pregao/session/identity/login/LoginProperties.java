package pregao.session.identity.login;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a login lasts, and what tells of it.
 *
 * @param idle after which it ends where nobody refreshes it
 * @param life after which it ends in any case
 * @param leeway so long after its first use a refresh token may be used again: two tabs
 * use one at once, and an answer can be lost on the way
 * @param kept how long an ended login is kept
 * @param events how long events are kept
 */
@ConfigurationProperties("pregao.session.login")
public record LoginProperties(@DefaultValue("14d") Duration idle, @DefaultValue("90d") Duration life,
        @DefaultValue("20s") Duration leeway, @DefaultValue("30d") Duration kept,
        @DefaultValue("365d") Duration events) {

}
