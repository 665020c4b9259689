package pregao.session.binance;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.session.broker.BrokerSession;
import pregao.session.broker.OrderState;
import pregao.session.broker.SessionState;
import pregao.simulator.binance.Fault;
import pregao.simulator.binance.KeyKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a session never blocks an event loop: {@link Simulated} has switched on that
 * this fails.
 */
class NonBlockingTests {

    @Test
    void tradesAndStreamsWithoutBlocking() {
        try (Simulated binance = new Simulated()) {
            for (KeyKind kind : KeyKind.values()) {
                BrokerSession session = binance.session(kind);
                List<OrderState> states = Simulated.watched(session.orders());
                List<SessionState> life = Simulated.watched(session.states());
                assertThat(Simulated.result(session.instruments())).isNotEmpty();
                assertThat(Simulated.result(session.balances())).isNotEmpty();
                Instant to = Instant.ofEpochSecond(1_700_000_000);
                assertThat(Simulated.result(session.candles(Simulated.SYMBOL, 60, to.minusSeconds(120_000), to)))
                    .hasSizeGreaterThan(1900);
                assertThat(Simulated.result(session.stream(Simulated.SYMBOL, 60).next())).isNotNull();
                Simulated.filled(session, Simulated.order());
                binance.simulator().arm(Fault.NO_REPLY);
                Simulated.filled(session, Simulated.order());
                binance.simulator().control("/control/drop");
                Simulated.await("the session to be back",
                        () -> life.size() >= 3 && life.getLast() == SessionState.OPEN);
                assertThat(states).isNotEmpty();
            }
        }
    }

}
