package pregao.gateway.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is, and how long a request waits for it.
 *
 * @param url {@code redis://…}, or {@code rediss://…} for TLS
 * @param commandTimeout the longest wait for an answer; a request goes on without it then
 * @param waitDurationInOpenState how long Redis is left alone after it failed to answer
 * several times
 */
@ConfigurationProperties("pregao.redis")
record RedisFallbackProperties(@DefaultValue("redis://127.0.0.1:6379") String url,
        @DefaultValue("5ms") Duration commandTimeout, @DefaultValue("1s") Duration waitDurationInOpenState) {

    /** Without the password, which may stand in the address. */
    @Override
    public String toString() {
        return "RedisFallbackProperties[commandTimeout=%s, waitDurationInOpenState=%s]".formatted(this.commandTimeout,
                this.waitDurationInOpenState);
    }

}
