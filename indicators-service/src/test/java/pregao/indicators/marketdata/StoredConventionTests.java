package pregao.indicators.marketdata;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pregao.contracts.indicator.Convention;

class StoredConventionTests {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private final AtomicInteger queries = new AtomicInteger();

    @Test
    void asksAgainAfterAFailure() {
        StoredConvention stored = new StoredConvention(Convention.PLAIN,
                Mono.defer(() -> (this.queries.incrementAndGet() == 1)
                        ? Mono.error(new IllegalStateException("one query failed")) : Mono.just(true)));
        StepVerifier.create(stored.is(Convention.PLAIN)).expectError(IllegalStateException.class).verify(BOUND);
        StepVerifier.create(stored.is(Convention.PLAIN)).expectNext(true).expectComplete().verify(BOUND);
    }

    @Test
    void asksAgainWhereThereWasNoAnswer() {
        StoredConvention stored = new StoredConvention(Convention.PLAIN,
                Mono.defer(() -> (this.queries.incrementAndGet() == 1) ? Mono.empty() : Mono.just(true)));
        StepVerifier.create(stored.is(Convention.PLAIN)).expectComplete().verify(BOUND);
        StepVerifier.create(stored.is(Convention.PLAIN)).expectNext(true).expectComplete().verify(BOUND);
    }

}
