package pregao.strategy.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Redis and of the caches.
 *
 * @param url the address, {@code redis://…}, or {@code rediss://…} for TLS; empty for
 * none
 * @param commandTimeout the maximum time to wait for a response
 * @param waitDurationInOpenState how long no commands are sent after a failure
 * @param cacheTtl the time to live of cache entries in Redis
 * @param cacheMaxSize the maximum size of the local caches, in bytes
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

    /** Omits the URL, which may contain a password. */
    @Override
    public String toString() {
        return "RedisCacheProperties[commandTimeout=%s, waitDurationInOpenState=%s, cacheTtl=%s, cacheMaxSize=%d]"
            .formatted(this.commandTimeout, this.waitDurationInOpenState, this.cacheTtl, this.cacheMaxSize);
    }

}
