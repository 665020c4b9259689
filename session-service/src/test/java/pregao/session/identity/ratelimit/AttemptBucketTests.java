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

    private static final Duration REFILL_INTERVAL = Duration.ofSeconds(30);

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final LoginRateLimiter rateLimiter = new LoginRateLimiter(settings(REFILL_INTERVAL.minusSeconds(1)),
            new FailedAttemptRepository(DatabaseClient.create(new NoDatabase()), CLOCK), CLOCK);

    @Test
    void fillsWithTimeUpToItsSize() {
        AttemptBucket empty = new AttemptBucket(0, NOW);
        assertThat(empty.timeUntilNext(REFILL_INTERVAL)).isEqualTo(REFILL_INTERVAL);
        assertThat(empty.refill(5, REFILL_INTERVAL, NOW.plusSeconds(15)).timeUntilNext(REFILL_INTERVAL))
            .isEqualTo(Duration.ofSeconds(15));
        assertThat(empty.refill(5, REFILL_INTERVAL, NOW.plusSeconds(30)).timeUntilNext(REFILL_INTERVAL)).isZero();
        assertThat(empty.refill(5, REFILL_INTERVAL, NOW.plusSeconds(100_000)).left()).isEqualTo(5);
        assertThat(new AttemptBucket(1, NOW).refill(5, REFILL_INTERVAL, NOW.minusSeconds(99)).left())
            .as("clock put back")
            .isEqualTo(1);
    }

    @Test
    void tryIsGivenBackWhereItWasRight() {
        for (int i = 0; i < 20; i++) {
            this.rateLimiter.consume("a@x", createClient("192.0.2.1"));
            this.rateLimiter.restore("a@x", createClient("192.0.2.1"));
        }
    }

    @Test
    void accountIsClosedOnlyToTheNetworkThatGuesses() {
        this.rateLimiter.consume("a@x", createClient("192.0.2.1"));
        this.rateLimiter.consume("A@X", createClient("192.0.2.1"));
        assertThatThrownBy(() -> this.rateLimiter.consume("a@x", createClient("192.0.2.1")))
            .isInstanceOf(ProblemException.class);
        assertThatCode(() -> this.rateLimiter.consume("a@x", createClient("192.0.2.2"))).doesNotThrowAnyException();
        assertThatCode(() -> this.rateLimiter.consume("b@x", createClient("192.0.2.1"))).doesNotThrowAnyException();
    }

    @Test
    void networkThatTriesManyAccountsIsSlowedDown() {
        for (int i = 0; i < 5; i++) {
            this.rateLimiter.consume(i + "@x", createClient("2001:db8::" + i));
        }
        assertThatThrownBy(() -> this.rateLimiter.consume("6@x", createClient("2001:db8::ffff")))
            .isInstanceOf(ProblemException.class);
        assertThatCode(() -> this.rateLimiter.consume("6@x", createClient("2001:db8:0:1::1")))
            .doesNotThrowAnyException();
    }

    @Test
    void oneNetworkCannotTakeAllTriesAtAnAccount() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(REFILL_INTERVAL));
    }

    private static LoginRateLimitProperties settings(Duration globalRefillInterval) {
        return new LoginRateLimitProperties(2, REFILL_INTERVAL, 5, Duration.ofSeconds(2), 30, globalRefillInterval, 10,
                Duration.ofMinutes(15));
    }

    private static ClientInfo createClient(String address) {
        return new ClientInfo(address, "");
    }

    /** Fails on use, because limits by network do not query the database. */
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
