package pregao.strategy.execution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionClientProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OrderDispatcher}: whatever session-service responds, only an outcome
 * of that very order ends it.
 */
class OrderDispatcherTests {

    private static final int NO_ANSWER = 0;

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private final JdbcClient database = JdbcClient.create(DATABASE.pool());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final Clock clock = Clock.systemUTC();

    private final HttpServer session = createServer();

    private final OrderDispatcher dispatcher = createDispatcher();

    private volatile int status;

    private volatile String body = "";

    private static HttpServer createServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private OrderDispatcher createDispatcher() {
        this.session.createContext("/internal/orders/", (exchange) -> {
            byte[] response = this.body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            if (this.status == NO_ANSWER) {
                exchange.close();
                return;
            }
            exchange.sendResponseHeaders(this.status, response.length);
            exchange.getResponseBody().write(response);
            exchange.close();
        });
        this.session.start();
        SessionClientProperties settings = new SessionClientProperties(
                URI.create("http://127.0.0.1:" + this.session.getAddress().getPort()), "", Duration.ofSeconds(5));
        JsonMapper json = JsonMapper.builder().build();
        return new OrderDispatcher(new SessionClient(settings, json, this.clock),
                new PendingOrderRepository(this.database, this.clock),
                new ExecutionReportHandler(DATABASE.pool(), new OutboxTrigger(), new OutcomeSignal(), json, this.clock),
                this.meters, this.clock);
    }

    @AfterEach
    void stop() {
        this.dispatcher.destroy();
        this.session.stop(0);
    }

    static Stream<Object[]> answersThatSayNothing() {
        String otherOrder = "{\"id\":\"%s\",\"outcome\":{\"state\":\"refused\",\"why\":\"rejected\"}}"
            .formatted(UUID.randomUUID());
        List<Object[]> responses = List.of(new Object[] { NO_ANSWER, "" },
                new Object[] { 400, "{\"type\":\"/problems/bad-request\"}" },
                new Object[] { 401, "{\"type\":\"/problems/unauthenticated\"}" },
                new Object[] { 403, "{\"type\":\"/problems/forbidden\"}" },
                new Object[] { 404, "{\"type\":\"/problems/not-found\"}" },
                new Object[] { 422, "{\"type\":\"/problems/invalid-fields\",\"errors\":[]}" },
                new Object[] { 500, "{\"type\":\"/problems/internal-error\"}" }, new Object[] { 503, "" },
                new Object[] { 200, "<html><body>Proxy login</body></html>" },
                new Object[] { 200, "{\"id\":\"0\",\"outco" }, new Object[] { 200, "{}" },
                new Object[] { 200, otherOrder },
                new Object[] { 200, "{\"id\":\"ID\",\"outcome\":{\"state\":\"not_known_here\"}}" });
        return responses.stream()
            .flatMap((response) -> Stream.of(OrderState.NEW, OrderState.SENT, OrderState.PLACED)
                .map((state) -> new Object[] { state, response[0], response[1] }));
    }

    @ParameterizedTest
    @MethodSource("answersThatSayNothing")
    void keepsAnOrderOpenUntilItsOutcomeIsSaid(OrderState state, int status, String body) throws SQLException {
        Order order = StoredOrders.option(state, this.clock.instant().plusSeconds(5), UUID.randomUUID());
        respondWith(status, body.replace("ID", order.id().toString()));
        this.dispatcher.send(List.of(order));
        await().until(() -> unknownResponses() > 0);

        assertThat(stateOf(order)).isEqualTo(state.text());
        assertSettles(order);
    }

    @Test
    void asksSessionServiceForTheOutcomeOfAnOrderThatIsTooLate() throws SQLException {
        Order order = StoredOrders.option(OrderState.NEW, this.clock.instant().minusSeconds(60), UUID.randomUUID());
        respondWith(404, "{\"type\":\"/problems/not-found\"}");
        this.dispatcher.send(List.of(order));
        await().until(() -> unknownResponses() > 0);
        assertThat(stateOf(order)).isEqualTo("new");

        respondWith(200,
                "{\"id\":\"%s\",\"outcome\":{\"state\":\"not_sent\",\"why\":\"too_late\",\"message\":\"late\"}}"
                    .formatted(order.id()));
        await().until(() -> dispatchAgain(order).equals("not_sent"));
    }

    private void assertSettles(Order order) {
        respondWith(200, "{\"id\":\"%s\",\"outcome\":{\"state\":\"settled\",\"broker_id\":7,\"profit\":8.7}}"
            .formatted(order.id()));
        await().until(() -> dispatchAgain(order).equals("settled"));
    }

    /**
     * Sends the order as the sweep does, because another service under test may have
     * claimed it.
     */
    private String dispatchAgain(Order order) throws SQLException {
        try (Connection connection = DATABASE.pool().getConnection()) {
            this.dispatcher.send(List.of(Objects.requireNonNull(OrderRepository.findById(connection, order.id()))));
        }
        return stateOf(order);
    }

    private void respondWith(int status, String body) {
        this.body = body;
        this.status = status;
    }

    private double unknownResponses() {
        return this.meters.counter("pregao.orders.unclear.answers").count();
    }

    private String stateOf(Order order) {
        return this.database.sql("select state from strategy.order_ where id = ?")
            .param(order.id())
            .query(String.class)
            .single();
    }

}
