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
 * Sends stored orders to session-service until it acknowledges them. Any replica may send
 * the same order: session-service identifies it by its id and forwards it once. The
 * outcomes arrive as execution reports. Only if none arrives long after the end of the
 * order, the dispatcher asks session-service.
 */
@Component
public class OrderDispatcher implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OrderDispatcher.class);

    private static final int MAX_LOGGED_ORDERS = 10_000;

    private static final Duration RETRY_DELAY = Duration.ofMillis(250);

    private static final Duration LATER_RETRY_DELAY = Duration.ofSeconds(2);

    /**
     * An execution report usually arrives within this time after the response. Another
     * replica may send the order again meanwhile, which session-service identifies by its
     * id.
     */
    private static final Duration REPORT_TIMEOUT = Duration.ofMillis(400);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * The orders that this replica is processing, so that each is processed once at a
     * time.
     */
    private final Map<UUID, Boolean> inFlight = new ConcurrentHashMap<>();

    /** The orders whose state was logged as unknown; each is logged once. */
    private final Cache<UUID, Boolean> loggedUnknown = Caffeine.newBuilder().maximumSize(MAX_LOGGED_ORDERS).build();

    private final SessionClient sessionClient;

    private final PendingOrderRepository pendingOrders;

    private final ExecutionReportHandler reportHandler;

    private final Counter unknownResponses;

    private final Clock clock;

    OrderDispatcher(SessionClient sessionClient, PendingOrderRepository pendingOrders,
            ExecutionReportHandler reportHandler, MeterRegistry meters, Clock clock) {
        this.sessionClient = sessionClient;
        this.pendingOrders = pendingOrders;
        this.reportHandler = reportHandler;
        this.unknownResponses = Counter.builder("pregao.orders.unclear.answers")
            .description("Answers of session-service that do not say what became of an order")
            .register(meters);
        this.clock = clock;
    }

    /**
     * Sends new orders immediately. Paper orders are not sent.
     * @param orders the new orders
     */
    public void send(List<Order> orders) {
        for (Order order : orders) {
            if (isSentToBroker(order)) {
                submit(order);
            }
        }
    }

    /**
     * Returns whether an order goes to a broker.
     * @param order the order
     * @return false on paper
     */
    public static boolean isSentToBroker(Order order) {
        return order.owner().account().money() != TradingMode.PAPER;
    }

    /** Processes the due orders. Only the thread of the sweep calls this. */
    void sweep() {
        Set<UUID> inFlightIds = Set.copyOf(this.inFlight.keySet());
        this.pendingOrders.claim(inFlightIds).forEach(this::submit);
    }

    private void submit(Order order) {
        if (this.inFlight.putIfAbsent(order.id(), Boolean.TRUE) == null) {
            this.executor.execute(() -> {
                try {
                    process(order);
                }
                catch (RuntimeException ex) {
                    // The order stays due, so the sweep processes it again.
                    log.warn("Order {} cannot be processed now and is retried later: {}", order.id(), ex.toString());
                }
                finally {
                    this.inFlight.remove(order.id());
                }
            });
        }
    }

    private void process(Order order) {
        // Even after its validity: session-service then responds that it is too late.
        SessionResponse response = (order.state() == OrderState.NEW)
                ? this.sessionClient.placeOrder(order.id(), PlaceOrderRequest.toJson(order))
                : this.sessionClient.getOrder(order.id());
        switch (response) {
            case SessionResponse.Ok ok -> onResponse(order, ok);
            case SessionResponse.NotFound _ -> handleUnknown(order, "session-service answered 404");
            case SessionResponse.Rejected rejected ->
                handleUnknown(order, "session-service refuses: " + rejected.why());
            case SessionResponse.Unknown unknown -> handleUnknown(order, unknown.why());
        }
    }

    private void onResponse(Order order, SessionResponse.Ok ok) {
        JsonNode outcome = ok.body().path("outcome");
        long changedAt = ExecutionReportMapper.changedAt(ok.body(), this.clock.millis());
        Order updated = ExecutionReportMapper.isAbout(order, ok.body())
                ? ExecutionReportMapper.applyOutcome(order, outcome, changedAt, (asset) -> null) : null;
        if (updated == null) {
            handleUnknown(order, "session-service answered something that is not this order");
            return;
        }
        this.loggedUnknown.invalidate(order.id());
        if (order.state() == OrderState.NEW && isReported(updated) && awaitReport(order.id())) {
            return;
        }
        this.reportHandler.apply(order, outcome, changedAt);
        if (updated.state().isOpen()) {
            // It is acknowledged; reports deliver the rest.
            this.pendingOrders.reschedule(order.id(), updated.dueAt(this.clock.instant()));
        }
    }

    /**
     * Returns whether session-service also publishes an execution report of what it
     * returned.
     */
    private static boolean isReported(Order order) {
        return order.state() != OrderState.SENT && order.state() != OrderState.NOT_SENT;
    }

    /**
     * Waits for the execution report, which the trading pipeline applies with all others
     * of the same moment in one transaction. Writing each response at once takes a
     * transaction an order, at the moment when other orders are to be sent.
     * @return whether the report was applied in time
     */
    private boolean awaitReport(UUID id) {
        try {
            Thread.sleep(REPORT_TIMEOUT);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return true; // This replica stops; the report is applied by another one.
        }
        return !this.pendingOrders.isNew(id);
    }

    /**
     * Handles a response that does not tell the state of the order. Only the statement of
     * session-service about this very order ends it: a failed authentication, an error
     * page of a proxy or a rejected request do not tell whether the broker has it.
     */
    private void handleUnknown(Order order, String reason) {
        if (this.loggedUnknown.asMap().putIfAbsent(order.id(), Boolean.TRUE) == null) {
            log.warn("order {} of account {} is unknown until session-service says what became of it: {}", order.id(),
                    order.owner().account().id(), reason);
        }
        this.unknownResponses.increment();
        Instant now = this.clock.instant();
        boolean isValid = order.validUntil() != null && now.toEpochMilli() < order.validUntil();
        this.pendingOrders.reschedule(order.id(), (order.state() == OrderState.NEW)
                ? now.plus(isValid ? RETRY_DELAY : LATER_RETRY_DELAY) : order.dueAt(now));
    }

    @Override
    public void destroy() {
        this.executor.shutdownNow();
    }

}
