package pregao.webapi.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * JWT decoder that caches valid tokens until they expire. A client sends the same token
 * with every request for a minute, and verifying a signature costs more than serving a
 * page.
 */
final class CachingReactiveJwtDecoder implements ReactiveJwtDecoder {

    private static final int MAX_CACHE_SIZE = 10_000;

    private final ReactiveJwtDecoder decoder;

    /** Valid tokens by SHA-256 hash of the encoded token. */
    private final Cache<String, Jwt> cache;

    CachingReactiveJwtDecoder(ReactiveJwtDecoder decoder, InstantSource clock) {
        this.decoder = decoder;
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHE_SIZE)
            .ticker(ticker)
            .expireAfter(Expiry.creating((String hash, Jwt jwt) -> computeRemainingLifetime(jwt, clock.instant())))
            .build();
    }

    private static Duration computeRemainingLifetime(Jwt jwt, Instant now) {
        Instant expiresAt = jwt.getExpiresAt();
        return (expiresAt != null && expiresAt.isAfter(now)) ? Duration.between(now, expiresAt) : Duration.ZERO;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        String hash = hash(token);
        Jwt cached = this.cache.getIfPresent(hash);
        return (cached != null) ? Mono.just(cached)
                : this.decoder.decode(token).doOnNext((jwt) -> this.cache.put(hash, jwt));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

}
