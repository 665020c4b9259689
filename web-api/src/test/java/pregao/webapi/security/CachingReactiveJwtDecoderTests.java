package pregao.webapi.security;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CachingReactiveJwtDecoder}.
 */
class CachingReactiveJwtDecoderTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    private final AtomicInteger checks = new AtomicInteger();

    private final CachingReactiveJwtDecoder tokens = new CachingReactiveJwtDecoder(checking(), this.now::get);

    private ReactiveJwtDecoder checking() {
        return (token) -> Mono.fromCallable(() -> {
            this.checks.incrementAndGet();
            if (token.equals("bad")) {
                throw new BadJwtException("bad");
            }
            return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .subject("user")
                .expiresAt(NOON.plusSeconds(60))
                .build();
        });
    }

    @Test
    void checksATokenOnceForAsLongAsItHolds() {
        for (int i = 0; i < 3; i++) {
            StepVerifier.create(this.tokens.decode("good")).expectNextCount(1).verifyComplete();
        }
        assertThat(this.checks).hasValue(1);

        this.now.set(NOON.plusSeconds(60));
        StepVerifier.create(this.tokens.decode("good")).expectNextCount(1).verifyComplete();
        assertThat(this.checks).as("checked again once its time is over").hasValue(2);
    }

    @Test
    void remembersNothingOfABadOne() {
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(this.tokens.decode("bad")).verifyError(BadJwtException.class);
        }
        assertThat(this.checks).hasValue(2);
    }

}
