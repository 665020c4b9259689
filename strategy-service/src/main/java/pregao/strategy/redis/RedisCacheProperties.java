package pregao.strategy.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is, and how much is remembered.
 *
 * @param url {@code redis://…}, or {@code rediss://…} for TLS; empty for none
 * @param commandTimeout the longest wait for an answer; work goes on without it then
 * @param waitDurationInOpenState how long Redis is left alone after it failed to answer
 * @param cacheTtl how long it keeps what is put there
 * @param cacheMaxSize how many bytes are remembered by the service itself
 */
@ConfigurationProperties("pregao.redis")
public record RedisCacheProperties(@DefaultValue("") String url, @DefaultValue("200ms") Duration commandTimeout,
        @DefaultValue("5s") Duration waitDurationInOpenState, @DefaultValue("15m") Duration cacheTtl,
        @DefaultValue("33554432") long cacheMaxSize) {

    public RedisCacheProperties {
        if (!commandTimeout.isPositive() || !waitDurationInOpenState.isPositive() || !cacheTtl.isPositive()
                || cacheMaxSize < 0) {
            throw new IllegalArgumentException(
                    "pregao.redis: command-timeout, wait-duration-in-open-state, and cache-ttl must be longer than 0, and cache-max-size not negative");
        }
    }

    /** Without the password, which may stand in the address. */
    @Override
    public String toString() {
        return "RedisCacheProperties[commandTimeout=%s, waitDurationInOpenState=%s, cacheTtl=%s, cacheMaxSize=%d]"
            .formatted(this.commandTimeout, this.waitDurationInOpenState, this.cacheTtl, this.cacheMaxSize);
    }

}
