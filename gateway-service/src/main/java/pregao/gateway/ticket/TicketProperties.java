package pregao.gateway.ticket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of WebSocket tickets.
 *
 * @param enabled whether tickets are issued; false until there is a live channel
 * @param ttl the validity of a ticket
 * @param maxLocal the maximum number of tickets kept in memory while Redis is
 * unavailable; the oldest are evicted first
 */
@ConfigurationProperties("pregao.gateway.ticket")
record TicketProperties(@DefaultValue("false") boolean enabled, @DefaultValue("30s") Duration ttl,
        @DefaultValue("10000") int maxLocal) {

}
