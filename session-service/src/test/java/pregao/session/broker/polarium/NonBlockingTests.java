package pregao.session.broker.polarium;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a session never blocks an event loop. {@link PolariumSimulatorExtension}
 * installs BlockHound, which makes a blocking call fail.
 */
class NonBlockingTests {

    @Test
    void tradesAndStreamsWithoutBlocking() {
        try (PolariumSimulatorExtension polarium = new PolariumSimulatorExtension()) {
            BrokerSession session = polarium.openSession();
            List<BrokerOrderState> states = PolariumSimulatorExtension.collectUpdates(session);
            assertThat(PolariumSimulatorExtension.result(session.instruments())).isNotEmpty();
            Instant to = Instant.ofEpochSecond(1_700_000_000);
            assertThat(PolariumSimulatorExtension
                .result(session.candles(PolariumSimulatorExtension.SYMBOL, 60, to.minusSeconds(120_000), to)))
                .hasSizeGreaterThan(1900);
            assertThat(PolariumSimulatorExtension
                .result(session.streamCandles(PolariumSimulatorExtension.SYMBOL, 60).next())
                .closed()).isFalse();
            PolariumSimulatorExtension.placeOrder(session, PolariumSimulatorExtension.createOrder());
            polarium.simulator().control("/control/drop");
            PolariumSimulatorExtension.await("the option to end", () -> states.size() == 2);
        }
    }

}
