package pregao.session.identity.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.testsupport.BlockHoundSupport;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PasswordHasher}.
 */
class PasswordHasherTests {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final PasswordHasher passwordHasher = new PasswordHasher(new PasswordProperties(19456, 2, 3));

    @AfterEach
    void stop() {
        this.passwordHasher.destroy();
    }

    @Test
    void keepsAnArgon2idHashThatOnlyTheRightPasswordMatches() {
        String hash = encode("a password of mine");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(encode("a password of mine"));
        assertThat(matches("a password of mine", hash)).isTrue();
        assertThat(matches("a password of mine ", hash)).isFalse();
        assertThat(matches("a pa\uFB00word", encode("a paffword"))).as("the same letters in another form").isTrue();
    }

    @Test
    void doesTheSameWorkWhereThereIsNobody() {
        List<String> comparedHashes = new ArrayList<>();
        Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19456, 2) {
            @Override
            protected boolean matchesNonNull(String password, String hash) {
                comparedHashes.add(hash);
                return super.matchesNonNull(password, hash);
            }
        };
        PasswordHasher observedHasher = new PasswordHasher(encoder, new PasswordProperties(19456, 2, 3));
        try {
            assertThat(observedHasher.matches("placeholder", null).block(TIMEOUT)).isFalse();
            assertThat(observedHasher.matches("not plain\u0000", null).block(TIMEOUT)).isFalse();
            assertThat(observedHasher.matches("wrong", encode("a password of mine")).block(TIMEOUT)).isFalse();
            assertThat(comparedHashes).hasSize(3)
                .allSatisfy((hash) -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        }
        finally {
            observedHasher.destroy();
        }
    }

    @Test
    void asksToComeAgainWhereTheQueueIsFull() {
        List<Integer> statuses = Flux.range(0, 40)
            .flatMap((index) -> this.passwordHasher.encode("a password of mine")
                .map((hash) -> 200)
                .onErrorResume(ProblemException.class, (full) -> Mono.just(503)), 40)
            .collectList()
            .block(TIMEOUT);
        assertThat(statuses).contains(200, 503).hasSize(40);
        assertThat(Objects.requireNonNull(statuses).stream().filter((status) -> status == 200).count()).isBetween(6L,
                12L);
    }

    private String encode(String password) {
        return Objects.requireNonNull(this.passwordHasher.encode(password).block(TIMEOUT));
    }

    private boolean matches(String password, String hash) {
        return Boolean.TRUE.equals(this.passwordHasher.matches(password, hash).block(TIMEOUT));
    }

}
