package pregao.session.broker.ownership;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How replicas know of each other.
 *
 * @param address where the others reach this one, such as {@code http://10.1.2.3:8081};
 * on one machine it need not be said
 * @param beat how often a replica says that it lives
 * @param silence after which others take what it owns
 * @param fence after which, without a beat, it sends no order
 */
@ConfigurationProperties("pregao.session.owner")
public record OwnershipProperties(@DefaultValue("") String address, @DefaultValue("1s") Duration beat,
        @DefaultValue("5s") Duration silence, @DefaultValue("3s") Duration fence) {

    public OwnershipProperties {
        if (beat.compareTo(fence) >= 0 || fence.compareTo(silence) >= 0) {
            throw new IllegalArgumentException("pregao.session.owner.beat %s, .fence %s, .silence %s must be in order"
                .formatted(beat, fence, silence));
        }
    }

}
