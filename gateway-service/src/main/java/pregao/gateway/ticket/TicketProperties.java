package pregao.gateway.ticket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tickets for the WebSocket.
 *
 * @param enabled whether tickets are given; false until there is a live channel to open
 * @param ttl how long one is good
 * @param maxLocal how many are kept at once where Redis is away; the oldest go first
 */
@ConfigurationProperties("pregao.gateway.ticket")
record TicketProperties(@DefaultValue("false") boolean enabled, @DefaultValue("30s") Duration ttl,
        @DefaultValue("10000") int maxLocal) {

}
