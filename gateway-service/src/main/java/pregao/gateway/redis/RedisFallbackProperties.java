package pregao.gateway.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Address of Redis and limits of waiting for it.
 *
 * @param url {@code redis://…}, or {@code rediss://…} for TLS
 * @param commandTimeout the maximum time to wait for a reply, after which a request
 * continues without Redis
 * @param waitDurationInOpenState the time for which Redis is not called after repeated
 * failures
 */
@ConfigurationProperties("pregao.redis")
record RedisFallbackProperties(@DefaultValue("redis://127.0.0.1:6379") String url,
        @DefaultValue("5ms") Duration commandTimeout, @DefaultValue("1s") Duration waitDurationInOpenState) {

    /** Omits the URL, which may contain the password. */
    @Override
    public String toString() {
        return "RedisFallbackProperties[commandTimeout=%s, waitDurationInOpenState=%s]".formatted(this.commandTimeout,
                this.waitDurationInOpenState);
    }

}
