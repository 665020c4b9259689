package pregao.indicators.marketdata;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pregao.contracts.indicator.IndicatorConvention;

class StoredConventionCheckTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final AtomicInteger queries = new AtomicInteger();

    @Test
    void asksAgainAfterAFailure() {
        StoredConventionCheck stored = new StoredConventionCheck(IndicatorConvention.PLAIN,
                Mono.defer(() -> (this.queries.incrementAndGet() == 1)
                        ? Mono.error(new IllegalStateException("one query failed")) : Mono.just(true)));
        StepVerifier.create(stored.isStored(IndicatorConvention.PLAIN))
            .expectError(IllegalStateException.class)
            .verify(TIMEOUT);
        StepVerifier.create(stored.isStored(IndicatorConvention.PLAIN))
            .expectNext(true)
            .expectComplete()
            .verify(TIMEOUT);
    }

    @Test
    void asksAgainWhereThereWasNoAnswer() {
        StoredConventionCheck stored = new StoredConventionCheck(IndicatorConvention.PLAIN,
                Mono.defer(() -> (this.queries.incrementAndGet() == 1) ? Mono.empty() : Mono.just(true)));
        StepVerifier.create(stored.isStored(IndicatorConvention.PLAIN)).expectComplete().verify(TIMEOUT);
        StepVerifier.create(stored.isStored(IndicatorConvention.PLAIN))
            .expectNext(true)
            .expectComplete()
            .verify(TIMEOUT);
    }

}
