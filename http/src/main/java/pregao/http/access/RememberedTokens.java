package pregao.http.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Remembers tokens that were found good, for as long as they hold: the same token comes
 * with every request of its minute, and checking a signature costs more than reading a
 * page.
 */
final class RememberedTokens implements ReactiveJwtDecoder {

    private static final int MOST = 10_000;

    private final ReactiveJwtDecoder decoder;

    private final Cache<String, Jwt> good;

    RememberedTokens(ReactiveJwtDecoder decoder, InstantSource clock) {
        this.decoder = decoder;
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.good = Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(ticker)
            .expireAfter(Expiry.creating((String token, Jwt jwt) -> rest(jwt, clock.instant())))
            .build();
    }

    private static Duration rest(Jwt jwt, Instant now) {
        Instant end = jwt.getExpiresAt();
        return (end != null && end.isAfter(now)) ? Duration.between(now, end) : Duration.ZERO;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        Jwt known = this.good.getIfPresent(token);
        return (known != null) ? Mono.just(known)
                : this.decoder.decode(token).doOnNext((jwt) -> this.good.put(token, jwt));
    }

}
