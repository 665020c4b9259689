package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.account.BrokerAccount;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.Broker;
import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;

/**
 * Runs the path of an order after the start, so that the JVM has compiled it before the
 * first order: the statements of the journal with an account that does not exist, which
 * change nothing, and each broker's client against a no-op exchange.
 */
@Component
class OrderPathWarmUp implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OrderPathWarmUp.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration VALIDITY = Duration.ofSeconds(10);

    private final BackgroundTasks tasks = new BackgroundTasks();

    private final ExecutionJournal journal;

    private final ExecutionRepository executions;

    private final List<Broker> brokers;

    private final int orderCount;

    private final Clock clock;

    OrderPathWarmUp(ExecutionJournal journal, ExecutionRepository executions, List<BrokerDefinition> brokers,
            WarmUpProperties properties, Clock clock) {
        this.journal = journal;
        this.executions = executions;
        this.brokers = brokers.stream().map(BrokerDefinition::broker).toList();
        this.orderCount = properties.orders();
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (this.orderCount == 0) {
            return;
        }
        long start = System.nanoTime();
        this.tasks.run(run().timeout(TIMEOUT), (failure) -> {
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            if (failure != null) {
                log.warn("the path of orders is not warmed up, so the first orders are slower: {}", failure.toString());
            }
            else {
                log.info("the path of orders is warmed up after {} ms", taken.toMillis());
            }
        });
    }

    private Mono<Void> run() {
        Flux<SpotOrder> orders = Flux.range(0, this.orderCount).map((_) -> createOrder());
        return orders.concatMap(this::executeStatements)
            .then(Flux.fromIterable(this.brokers).concatMap((broker) -> broker.warmUp(orders)).then());
    }

    private SpotOrder createOrder() {
        Instant now = this.clock.instant();
        return new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, "BTCUSDT", Side.BUY, BigDecimal.ONE, null, now,
                now.plus(VALIDITY));
    }

    /** Executes the statements of the journal; they change nothing. */
    private Mono<Void> executeStatements(SpotOrder order) {
        BrokerAccount account = new BrokerAccount(UUID.randomUUID(), UUID.randomUUID(), "", "",
                BrokerSessionEventType.OPENED, order.decidedAt(), "", UUID.randomUUID(), 0, false, false,
                order.decidedAt());
        Execution execution = new Execution(order, account.id(), account.person(), account.broker(), account.epoch(),
                new ExecutionOutcome.Absent(), order.decidedAt(), order.decidedAt());
        return this.journal.journal(order, account, true).then(this.executions.write(execution)).then();
    }

    @Override
    public void destroy() {
        this.tasks.cancelAll();
    }

}
