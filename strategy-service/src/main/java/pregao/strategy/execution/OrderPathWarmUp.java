package pregao.strategy.execution;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionResponse;

/**
 * Runs the path of an order after the start, so that the JVM has compiled it before the
 * first order. The orders are of an account that does not exist: session-service rejects
 * them, and the ledger does not contain them.
 */
@Component
class OrderPathWarmUp implements SupervisedComponent {

    private static final Logger log = LoggerFactory.getLogger(OrderPathWarmUp.class);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    /** session-service may start later than this service. */
    private static final int MAX_ATTEMPTS = 60;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Instrument INSTRUMENT = new Instrument("binance", "BTCUSDT");

    private static final Duration VALIDITY = Duration.ofSeconds(10);

    private final SupervisedThread thread = new SupervisedThread("order-warm-up", MAX_SILENCE, this::run);

    private final SessionClient sessionClient;

    private final ExecutionReportHandler reportHandler;

    private final PendingOrderRepository pendingOrders;

    private final int orders;

    private final Clock clock;

    private int sent;

    private int failures;

    OrderPathWarmUp(SessionClient sessionClient, ExecutionReportHandler reportHandler,
            PendingOrderRepository pendingOrders, WarmUpProperties properties, Clock clock) {
        this.sessionClient = sessionClient;
        this.reportHandler = reportHandler;
        this.pendingOrders = pendingOrders;
        this.orders = properties.orders();
        this.clock = clock;
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    /** Sends one order. */
    private void run(SupervisedThread supervised) throws InterruptedException {
        if (this.sent == this.orders) {
            log.info("the path of orders is warmed up by {} orders", this.sent);
            supervised.complete();
            return;
        }
        Order order = createOrder();
        SessionResponse response = this.sessionClient.placeOrder(order.id(), PlaceOrderRequest.toJson(order));
        if (response instanceof SessionResponse.Ok ok) {
            this.reportHandler.apply(order, ok.body().path("outcome"), this.clock.millis());
            this.pendingOrders.isNew(order.id());
            this.sent++;
        }
        else if (++this.failures == MAX_ATTEMPTS) {
            log.warn("the path of orders is not warmed up, so the first orders are slower: {}", response);
            supervised.complete();
        }
        else {
            supervised.pause(RETRY_DELAY);
        }
        supervised.recordSuccess();
    }

    private Order createOrder() {
        long now = this.clock.millis();
        OrderOwner owner = new OrderOwner(UUID.randomUUID(), new AccountKey(UUID.randomUUID(), TradingMode.DEMO), null);
        return new Order(UUID.randomUUID(), owner, INSTRUMENT, Side.BUY, PositionEffect.OPEN, BigDecimal.ONE,
                BigDecimal.ONE, 0, OrderState.NEW, "", "", now, now + VALIDITY.toMillis(), BigDecimal.ONE, null, null,
                true);
    }

}
