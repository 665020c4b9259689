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

    private final PasswordHasher passwords = new PasswordHasher(new PasswordProperties(19456, 2, 3));

    @AfterEach
    void stop() {
        this.passwords.destroy();
    }

    @Test
    void keepsAnArgon2idHashThatOnlyTheRightPasswordMatches() {
        String kept = encode("a password of mine");
        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(encode("a password of mine"));
        assertThat(matches("a password of mine", kept)).isTrue();
        assertThat(matches("a password of mine ", kept)).isFalse();
        assertThat(matches("a pa\uFB00word", encode("a paffword"))).as("the same letters in another form").isTrue();
    }

    @Test
    void doesTheSameWorkWhereThereIsNobody() {
        List<String> compared = new ArrayList<>();
        Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19456, 2) {
            @Override
            protected boolean matchesNonNull(String password, String kept) {
                compared.add(kept);
                return super.matchesNonNull(password, kept);
            }
        };
        PasswordHasher watched = new PasswordHasher(encoder, new PasswordProperties(19456, 2, 3));
        try {
            assertThat(watched.matches("nobody's", null).block(TIMEOUT)).isFalse();
            assertThat(watched.matches("not plain\u0000", null).block(TIMEOUT)).isFalse();
            assertThat(watched.matches("wrong", encode("a password of mine")).block(TIMEOUT)).isFalse();
            assertThat(compared).hasSize(3)
                .allSatisfy((kept) -> assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        }
        finally {
            watched.destroy();
        }
    }

    @Test
    void asksToComeAgainWhereTheQueueIsFull() {
        List<Integer> answers = Flux.range(0, 40)
            .flatMap((each) -> this.passwords.encode("a password of mine")
                .map((hash) -> 200)
                .onErrorResume(ProblemException.class, (full) -> Mono.just(503)), 40)
            .collectList()
            .block(TIMEOUT);
        assertThat(answers).contains(200, 503).hasSize(40);
        assertThat(Objects.requireNonNull(answers).stream().filter((each) -> each == 200).count()).isBetween(6L, 12L);
    }

    private String encode(String password) {
        return Objects.requireNonNull(this.passwords.encode(password).block(TIMEOUT));
    }

    private boolean matches(String password, String kept) {
        return Boolean.TRUE.equals(this.passwords.matches(password, kept).block(TIMEOUT));
    }

}
