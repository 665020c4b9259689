package pregao.session.polarium;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.session.broker.BrokerSession;
import pregao.session.broker.OrderState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a session never blocks an event loop: {@link Simulated} has switched on that
 * this fails.
 */
class NonBlockingTests {

    @Test
    void tradesAndStreamsWithoutBlocking() {
        try (Simulated polarium = new Simulated()) {
            BrokerSession session = polarium.session();
            List<OrderState> states = Simulated.watched(session);
            assertThat(Simulated.result(session.instruments())).isNotEmpty();
            Instant to = Instant.ofEpochSecond(1_700_000_000);
            assertThat(Simulated.result(session.candles(Simulated.SYMBOL, 60, to.minusSeconds(120_000), to)))
                .hasSizeGreaterThan(1900);
            assertThat(Simulated.result(session.stream(Simulated.SYMBOL, 60).next()).closed()).isFalse();
            Simulated.placed(session, Simulated.order());
            polarium.simulator().control("/control/drop");
            Simulated.await("the option to end", () -> states.size() == 2);
        }
    }

}
