package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Fill;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderReconciler}.
 */
class OrderReconcilerTests {

    private static final UUID ACCOUNT = new UUID(1, 1);

    private final NothingIsOurs executions = new NothingIsOurs();

    @SuppressWarnings("NullAway") // what listening does not use is not there
    private final OrderReconciler asking = new OrderReconciler(this.executions,
            new OrderPlacementService(this.executions, null, null, null, new SimpleMeterRegistry(), Clock.systemUTC()),
            null, null, Clock.systemUTC());

    @Test
    void whatIsTradedElsewhereCostsOneLook() {
        Flux<BrokerOrderState> states = Flux.range(1, 200)
            .map((number) -> (number % 2 == 0) ? new BrokerOrderState.Refunded(number) : new BrokerOrderState.Filled(
                    "BTCUSDT", Fill.of(number, BigDecimal.ONE, BigDecimal.TEN, Map.of())));
        // With a second for each look at what cannot be ours, this takes minutes.
        this.asking.taken(ACCOUNT, states).block(Duration.ofSeconds(30));
        assertThat(this.executions.looks).hasSize(200).contains("null 2", "BTCUSDT 3");
    }

    /** A table without orders of ours. */
    private static final class NothingIsOurs extends ExecutionRepository {

        private final List<String> looks = new ArrayList<>();

        @SuppressWarnings("NullAway") // there is no database
        NothingIsOurs() {
            super(null, null, null, null);
        }

        @Override
        Mono<Execution> withNumber(UUID account, @Nullable String symbol, long number) {
            return Mono.fromRunnable(() -> this.looks.add(symbol + " " + number));
        }

    }

}
