package pregao.session.identity.token;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Lifetime of access tokens and of the keys that sign them.
 *
 * @param ttl the validity of an access token, at most ten minutes
 * @param rotation the time for which one key signs
 * @param publishAhead the time for which a key is published before it signs; longer than
 * any service caches the key set
 */
@ConfigurationProperties("pregao.session.token")
public record TokenProperties(@DefaultValue("5m") Duration ttl, @DefaultValue("30d") Duration rotation,
        @DefaultValue("1h") Duration publishAhead) {

    private static final Duration MAX_TTL = Duration.ofMinutes(10);

    public TokenProperties {
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("pregao.session.token.ttl is at most 10 min, not " + ttl);
        }
        if (publishAhead.compareTo(Duration.ofMinutes(2)) < 0 || rotation.compareTo(publishAhead.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "pregao.session.token.publish-ahead is at least 2 min, and rotation twice that");
        }
    }

}
