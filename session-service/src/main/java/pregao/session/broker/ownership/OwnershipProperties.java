package pregao.session.broker.ownership;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the replica membership.
 *
 * @param address the URL under which other replicas reach this one, such as {@code
 * http://10.1.2.3:8081}; optional if all run on one machine
 * @param heartbeatInterval the interval of heartbeats
 * @param takeoverTimeout the time without a heartbeat after which others take over the
 * accounts
 * @param fenceTimeout the time without a heartbeat after which the replica itself sends
 * no order
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
