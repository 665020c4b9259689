package pregao.session.identity.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.ClientInfo;
import pregao.webapi.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link AttemptBucket} and {@link LoginRateLimiter}.
 */
class AttemptBucketTests {

    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private static final Duration EVERY = Duration.ofSeconds(30);

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final LoginRateLimiter attempts = new LoginRateLimiter(settings(EVERY.minusSeconds(1)),
            new FailedAttemptRepository(DatabaseClient.create(new NoDatabase()), CLOCK), CLOCK);

    @Test
    void fillsWithTimeUpToItsSize() {
        AttemptBucket empty = new AttemptBucket(0, NOW);
        assertThat(empty.wait(EVERY)).isEqualTo(EVERY);
        assertThat(empty.filled(5, EVERY, NOW.plusSeconds(15)).wait(EVERY)).isEqualTo(Duration.ofSeconds(15));
        assertThat(empty.filled(5, EVERY, NOW.plusSeconds(30)).wait(EVERY)).isZero();
        assertThat(empty.filled(5, EVERY, NOW.plusSeconds(100_000)).left()).isEqualTo(5);
        assertThat(new AttemptBucket(1, NOW).filled(5, EVERY, NOW.minusSeconds(99)).left()).as("clock put back")
            .isEqualTo(1);
    }

    @Test
    void tryIsGivenBackWhereItWasRight() {
        for (int i = 0; i < 20; i++) {
            this.attempts.take("a@x", caller("192.0.2.1"));
            this.attempts.giveBack("a@x", caller("192.0.2.1"));
        }
    }

    @Test
    void accountIsClosedOnlyToTheNetworkThatGuesses() {
        this.attempts.take("a@x", caller("192.0.2.1"));
        this.attempts.take("A@X", caller("192.0.2.1"));
        assertThatThrownBy(() -> this.attempts.take("a@x", caller("192.0.2.1"))).isInstanceOf(ProblemException.class);
        assertThatCode(() -> this.attempts.take("a@x", caller("192.0.2.2"))).doesNotThrowAnyException();
        assertThatCode(() -> this.attempts.take("b@x", caller("192.0.2.1"))).doesNotThrowAnyException();
    }

    @Test
    void networkThatTriesManyAccountsIsSlowedDown() {
        for (int i = 0; i < 5; i++) {
            this.attempts.take(i + "@x", caller("2001:db8::" + i));
        }
        assertThatThrownBy(() -> this.attempts.take("6@x", caller("2001:db8::ffff")))
            .isInstanceOf(ProblemException.class);
        assertThatCode(() -> this.attempts.take("6@x", caller("2001:db8:0:1::1"))).doesNotThrowAnyException();
    }

    @Test
    void oneNetworkCannotTakeAllTriesAtAnAccount() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(EVERY));
    }

    private static LoginRateLimitProperties settings(Duration everywhereEvery) {
        return new LoginRateLimitProperties(2, EVERY, 5, Duration.ofSeconds(2), 30, everywhereEvery, 10,
                Duration.ofMinutes(15));
    }

    private static ClientInfo caller(String address) {
        return new ClientInfo(address, "");
    }

    /** What is counted by network asks no database. */
    private static final class NoDatabase implements ConnectionFactory {

        @Override
        public Mono<Connection> create() {
            return Mono.error(new AssertionError("nothing is to be asked"));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return () -> "PostgreSQL";
        }

    }

}
