package pregao.gateway.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often callers may ask.
 *
 * @param window the time in which the numbers count
 * @param perUser requests of one user, by whichever keys and from wherever
 * @param perIp requests from one IP address, from all users together
 * @param maxCallers how many users, and how many addresses, are remembered at most
 */
@ConfigurationProperties("pregao.gateway.rate-limit")
record RateLimitProperties(@DefaultValue("10s") Duration window, @DefaultValue("10000") int perUser,
        @DefaultValue("20000") int perIp, @DefaultValue("50000") int maxCallers) {

    RateLimit toUserLimit() {
        return new RateLimit(this.perUser, this.window);
    }

    RateLimit toAddressLimit() {
        return new RateLimit(this.perIp, this.window);
    }

}
