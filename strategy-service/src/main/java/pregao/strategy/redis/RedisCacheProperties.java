package pregao.strategy.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is, and how much is remembered.
 *
 * @param url {@code redis://…}, or {@code rediss://…} for TLS; empty for none
 * @param patience the longest wait for an answer; work goes on without it then
 * @param rest how long Redis is left alone after it failed to answer
 * @param life how long it keeps what is put there
 * @param memory how many bytes are remembered by the service itself
 */
@ConfigurationProperties("pregao.redis")
public record RedisCacheProperties(@DefaultValue("") String url, @DefaultValue("200ms") Duration patience,
        @DefaultValue("5s") Duration rest, @DefaultValue("15m") Duration life, @DefaultValue("33554432") long memory) {

    public RedisCacheProperties {
        if (!patience.isPositive() || !rest.isPositive() || !life.isPositive() || memory < 0) {
            throw new IllegalArgumentException(
                    "pregao.redis: patience, rest and life are longer than 0, memory is not negative");
        }
    }

    /** Without the password, which may stand in the address. */
    @Override
    public String toString() {
        return "RedisCacheProperties[patience=%s, rest=%s, life=%s, memory=%d]".formatted(this.patience, this.rest,
                this.life, this.memory);
    }

}
