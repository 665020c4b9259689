package pregao.gateway.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits of callers.
 *
 * @param window the window in which requests are counted
 * @param perUser the maximum number of requests of a user, across all API keys and
 * addresses
 * @param perIp the maximum number of requests from an IP address, across all users
 * @param maxCallers the maximum number of users, and of addresses, that are tracked
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
