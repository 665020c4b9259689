package pregao.session.broker.binance;

import java.net.URI;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import pregao.session.broker.api.BrokerOrderState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderQueries}.
 */
class OrderQueriesTests {

    private static final UUID ORDER = new UUID(1, 1);

    private final MovableClock clock = new MovableClock(0);

    @SuppressWarnings("NullAway") // no request is sent, so no key is needed
    private final OrderQueries queries = new OrderQueries(new SignedRestClient(
            new BinanceRestClient(HttpClient.create(), URI.create("http://localhost"),
                    BinanceSimulatorExtension.TIMEOUTS, new ServerClock(this.clock)),
            null, Schedulers.immediate(), () -> {
            }), BinanceSimulatorExtension.TIMEOUTS);

    @Test
    void anOrderIsAbsentAtASecondLookOnly() {
        assertThat(this.queries.resolveNotFound(ORDER)).isEqualTo(new BrokerOrderState.Unknown());
        this.clock.pass(2_999);
        assertThat(this.queries.resolveNotFound(ORDER)).isEqualTo(new BrokerOrderState.Unknown());
        this.clock.pass(1);
        assertThat(this.queries.resolveNotFound(ORDER)).isEqualTo(new BrokerOrderState.Absent());
    }

    @Test
    void anOrderThatWasFoundBetweenIsLookedForTwiceAgain() {
        assertThat(this.queries.resolveNotFound(ORDER)).isEqualTo(new BrokerOrderState.Unknown());
        this.clock.pass(60_000);
        this.queries.clearNotFound(ORDER);
        this.clock.pass(60_000);
        assertThat(this.queries.resolveNotFound(ORDER)).isEqualTo(new BrokerOrderState.Unknown());
    }

}
