package pregao.session.broker.ownership;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How replicas know of each other.
 *
 * @param address where the others reach this one, such as {@code http://10.1.2.3:8081};
 * on one machine it need not be said
 * @param heartbeatInterval how often a replica says that it lives
 * @param takeoverTimeout after which others take what it owns
 * @param fenceTimeout after which, without a beat, it sends no order
 */
@ConfigurationProperties("pregao.session.ownership")
public record OwnershipProperties(@DefaultValue("") String address, @DefaultValue("1s") Duration heartbeatInterval,
        @DefaultValue("5s") Duration takeoverTimeout, @DefaultValue("3s") Duration fenceTimeout) {

    public OwnershipProperties {
        if (heartbeatInterval.compareTo(fenceTimeout) >= 0 || fenceTimeout.compareTo(takeoverTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "pregao.session.ownership.heartbeat-interval %s, .fence-timeout %s, .takeover-timeout %s must be in ascending order"
                        .formatted(heartbeatInterval, fenceTimeout, takeoverTimeout));
        }
    }

}
