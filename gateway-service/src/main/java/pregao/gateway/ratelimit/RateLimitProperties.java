package pregao.gateway.ratelimit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often callers may ask.
 *
 * @param window the time in which the numbers count
 * @param user requests of one user, by whichever keys and from wherever
 * @param address requests from one address, whoever asks
 * @param callers how many users, and how many addresses, are remembered at most
 */
@ConfigurationProperties("pregao.rate")
record RateLimitProperties(@DefaultValue("10s") Duration window, @DefaultValue("10000") int user,
        @DefaultValue("20000") int address, @DefaultValue("50000") int callers) {

    RateLimit ofUser() {
        return new RateLimit(this.user, this.window);
    }

    RateLimit ofAddress() {
        return new RateLimit(this.address, this.window);
    }

}
