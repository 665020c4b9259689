package pregao.session.broker.binance;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.SessionState;
import pregao.simulator.binance.Fault;
import pregao.simulator.binance.KeyKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a session never blocks an event loop. {@link BinanceSimulatorExtension}
 * installs BlockHound, which makes a blocking call fail.
 */
class NonBlockingTests {

    @Test
    void tradesAndStreamsWithoutBlocking() {
        try (BinanceSimulatorExtension binance = new BinanceSimulatorExtension()) {
            for (KeyKind kind : KeyKind.values()) {
                BrokerSession session = binance.openSession(kind);
                List<BrokerOrderState> states = BinanceSimulatorExtension.collect(session.orderUpdates());
                List<SessionState> sessionStates = BinanceSimulatorExtension.collect(session.states());
                assertThat(BinanceSimulatorExtension.result(session.instruments())).isNotEmpty();
                assertThat(BinanceSimulatorExtension.result(session.balances())).isNotEmpty();
                Instant to = Instant.ofEpochSecond(1_700_000_000);
                assertThat(BinanceSimulatorExtension
                    .result(session.candles(BinanceSimulatorExtension.SYMBOL, 60, to.minusSeconds(120_000), to)))
                    .hasSizeGreaterThan(1900);
                assertThat(BinanceSimulatorExtension
                    .result(session.streamCandles(BinanceSimulatorExtension.SYMBOL, 60).next())).isNotNull();
                BinanceSimulatorExtension.placeAndFill(session, BinanceSimulatorExtension.createOrder());
                binance.simulator().arm(Fault.NO_REPLY);
                BinanceSimulatorExtension.placeAndFill(session, BinanceSimulatorExtension.createOrder());
                binance.simulator().control("/control/drop");
                BinanceSimulatorExtension.await("the session to be back",
                        () -> sessionStates.size() >= 3 && sessionStates.getLast() == SessionState.OPEN);
                assertThat(states).isNotEmpty();
            }
        }
    }

}
