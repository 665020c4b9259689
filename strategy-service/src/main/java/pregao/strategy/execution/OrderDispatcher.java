package pregao.strategy.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionResponse;

/**
 * Sends orders once they are written down, until session-service acknowledges them. Any
 * replica may send the same order: session-service knows it by its id and sends it on
 * once. What becomes of it then comes as reports; only where none comes long after the
 * order's end is session-service asked.
 */
@Component
public class OrderDispatcher implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OrderDispatcher.class);

    private static final int LOGGED = 10_000;

    private static final Duration RETRY_DELAY = Duration.ofMillis(250);

    private static final Duration LATER_RETRY_DELAY = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One at a time of each order by this replica. */
    private final Map<UUID, Boolean> busy = new ConcurrentHashMap<>();

    /** Those of which it was logged that nobody knows; each is logged once. */
    private final Cache<UUID, Boolean> unknown = Caffeine.newBuilder().maximumSize(LOGGED).build();

    private final SessionClient session;

    private final PendingOrderRepository due;

    private final ExecutionReportHandler outcomes;

    private final Counter unclear;

    private final Clock clock;

    OrderDispatcher(SessionClient session, PendingOrderRepository due, ExecutionReportHandler outcomes,
            MeterRegistry meters, Clock clock) {
        this.session = session;
        this.due = due;
        this.outcomes = outcomes;
        this.unclear = Counter.builder("pregao.orders.unclear.answers")
            .description("Answers of session-service that do not say what became of an order")
            .register(meters);
        this.clock = clock;
    }

    /**
     * Sends orders that are written down, at once; those of paper are not sent at all.
     * @param orders new ones
     */
    public void send(List<Order> orders) {
        for (Order order : orders) {
            if (isToBeSent(order)) {
                submit(order);
            }
        }
    }

    /**
     * Whether an order goes to a broker.
     * @param order which
     * @return false on paper
     */
    public static boolean isToBeSent(Order order) {
        return order.owner().account().money() != TradingMode.PAPER;
    }

    /** One turn; only the thread of the sweep comes here. */
    void sweep() {
        Set<UUID> known = Set.copyOf(this.busy.keySet());
        this.due.claim(known).forEach(this::submit);
    }

    private void submit(Order order) {
        if (this.busy.putIfAbsent(order.id(), Boolean.TRUE) == null) {
            this.threads.execute(() -> {
                try {
                    process(order);
                }
                catch (RuntimeException ex) {
                    // The sweep comes back to it, as its time is due.
                    log.warn("Order {} cannot be processed now and is retried later: {}", order.id(), ex.toString());
                }
                finally {
                    this.busy.remove(order.id());
                }
            });
        }
    }

    private void process(Order order) {
        // Also after its validity: session-service then says that it is too late.
        SessionResponse answer = (order.state() == OrderState.NEW)
                ? this.session.place(order.id(), PlaceOrderRequest.of(order)) : this.session.order(order.id());
        switch (answer) {
            case SessionResponse.Ok ok -> onResponse(order, ok);
            case SessionResponse.NotFound _ -> unknown(order, "session-service answered 404");
            case SessionResponse.Rejected refused -> unknown(order, "session-service refuses: " + refused.why());
            case SessionResponse.Unknown unclear -> unknown(order, unclear.why());
        }
    }

    private void onResponse(Order order, SessionResponse.Ok ok) {
        JsonNode outcome = ok.body().path("outcome");
        long at = ExecutionReportMapper.at(ok.body(), this.clock.millis());
        Order after = ExecutionReportMapper.isAbout(order, ok.body())
                ? ExecutionReportMapper.of(order, outcome, at, (asset) -> null) : null;
        if (after == null) {
            unknown(order, "session-service answered something that is not this order");
            return;
        }
        this.unknown.invalidate(order.id());
        this.outcomes.write(order, outcome, at);
        if (after.state().isOpen()) {
            // It is acknowledged: reports tell the rest.
            this.due.later(order.id(), after.dueAt(this.clock.instant()));
        }
    }

    /**
     * Only what session-service says of this very order ends it: a failed login, a
     * proxy's page or a refused request say nothing about what the broker has.
     */
    private void unknown(Order order, String why) {
        if (this.unknown.asMap().putIfAbsent(order.id(), Boolean.TRUE) == null) {
            log.warn("order {} of account {} is unknown until session-service says what became of it: {}", order.id(),
                    order.owner().account().id(), why);
        }
        this.unclear.increment();
        Instant now = this.clock.instant();
        boolean valid = order.validUntil() != null && now.toEpochMilli() < order.validUntil();
        this.due.later(order.id(), (order.state() == OrderState.NEW) ? now.plus(valid ? RETRY_DELAY : LATER_RETRY_DELAY)
                : order.dueAt(now));
    }

    @Override
    public void destroy() {
        this.threads.shutdownNow();
    }

}
