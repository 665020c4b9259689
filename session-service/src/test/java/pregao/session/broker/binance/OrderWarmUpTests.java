package pregao.session.broker.binance;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.session.broker.api.SpotOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests for {@link OrderWarmUp}.
 */
class OrderWarmUpTests {

    @Test
    void fillsOrdersWithoutARequestToTheBroker() {
        Flux<SpotOrder> orders = Flux.range(0, 3).map((_) -> BinanceSimulatorExtension.createOrder());
        AtomicInteger requests = new AtomicInteger();
        DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).handle((_, response) -> {
            requests.incrementAndGet();
            return response.sendString(Mono.just("{}"));
        }).bindNow();
        try (BinanceBroker broker = new BinanceBroker(properties(server.port()), Clock.systemUTC())) {
            assertThatCode(() -> broker.warmUp(orders).block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
                .doesNotThrowAnyException();
            assertThat(requests).hasValue(0);
        }
        finally {
            server.disposeNow(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        }
    }

    private static BinanceProperties properties(int port) {
        URI webSocket = URI.create("ws://127.0.0.1:" + port);
        return new BinanceProperties(URI.create("http://127.0.0.1:" + port), webSocket, webSocket, false);
    }

}
