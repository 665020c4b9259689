package pregao.session.broker.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.background.PeriodicTask;
import pregao.session.broker.account.BrokerSessionRegistry;
import pregao.session.broker.account.ManagedBrokerSession;
import pregao.session.broker.account.SessionOpenedEvent;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.ownership.Ownership;
import pregao.webapi.problem.ProblemException;

/**
 * Finds out what became of orders: listens to brokers, and asks them where nobody told.
 * It never sends an order.
 */
@Component
class OrderReconciler {

    private static final Logger log = LoggerFactory.getLogger(OrderReconciler.class);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private static final Duration RESTING = Duration.ofMinutes(1);

    private static final int MAX_COUNT = 100;

    private static final int AT_ONCE = 8;

    private static final int MOST_WAITING = 4096;

    /** A result may be told before the order is written as placed. */
    private static final int MAX_ATTEMPTS = 4;

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final ExecutionRepository executions;

    private final OrderPlacementService placing;

    private final BrokerSessionRegistry sessions;

    private final Ownership ownership;

    private final Clock clock;

    OrderReconciler(ExecutionRepository executions, OrderPlacementService placing, BrokerSessionRegistry sessions,
            Ownership ownership, Clock clock) {
        this.executions = executions;
        this.placing = placing;
        this.sessions = sessions;
        this.ownership = ownership;
        this.clock = clock;
    }

    @EventListener
    void listen(SessionOpenedEvent opened) {
        UUID account = opened.account().id();
        this.lifeline.run(taken(account, opened.session().orderUpdates()), (failure) -> {
            if (failure != null) {
                log.warn("results of account {} are asked for, as listening ended", account, failure);
            }
        });
    }

    /**
     * Writes down what a broker tells of orders.
     * @param account from which account
     * @param states as they come
     * @return when no more come
     */
    Mono<Void> taken(UUID account, Flux<BrokerOrderState> states) {
        return states
            .onBackpressureBuffer(MOST_WAITING,
                    (dropped) -> log.warn("{} is not taken in time; the broker is asked for it later", dropped),
                    BufferOverflowStrategy.DROP_OLDEST)
            .flatMap((state) -> onBrokerUpdate(account, state), AT_ONCE)
            .then();
    }

    private Mono<Void> onBrokerUpdate(UUID account, BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Settled settled -> onBrokerUpdate(account, null, settled.brokerId(), state);
            case BrokerOrderState.Refunded back -> onBrokerUpdate(account, null, back.brokerId(), state);
            case BrokerOrderState.Filled filled ->
                onBrokerUpdate(account, filled.symbol(), filled.fill().brokerId(), state);
            case BrokerOrderState.Running _, BrokerOrderState.NotFound _, BrokerOrderState.Absent _,
                    BrokerOrderState.Ambiguous _, BrokerOrderState.Unknown _ ->
                Mono.empty();
        };
    }

    /**
     * Only while an order is on its way can a number be ours that is not written yet. Any
     * other that nobody here knows is of an order made elsewhere, and costs one look.
     */
    private Mono<Void> onBrokerUpdate(UUID account, @Nullable String symbol, long number, BrokerOrderState state) {
        Mono<Execution> known = this.executions.withNumber(account, symbol, number);
        Mono<Execution> found = this.placing.isPlacing(account)
                ? known.repeatWhenEmpty((tries) -> tries.take(MAX_ATTEMPTS).delayElements(EVERY)) : known;
        return found.flatMap((execution) -> resolve(execution, state))
            .onErrorResume(RuntimeException.class,
                    (failure) -> Mono.fromRunnable(
                            () -> log.warn("the result {} of account {} is not written", state, account, failure)))
            .then();
    }

    /**
     * One turn; each kind has a thread of its own, so that orders that rest at a broker
     * hold up no others.
     * @param resting whether it is for orders that rest at their broker
     */
    void reconcileDue(boolean resting) {
        this.executions.due(this.ownership.id(), resting, MAX_COUNT)
            .filter((execution) -> !this.placing.isInFlight(execution.order().id()))
            .flatMap((execution) -> this.sessions.getOrOpen(execution.account())
                .flatMap(ManagedBrokerSession::awaitSession)
                .flatMap((session) -> asked(session, execution))
                .onErrorResume(OrderReconciler::isOrdinary, (failure) -> later(execution).thenReturn(execution))
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.error("order {} cannot be asked about", execution.order().id(), failure);
                    return later(execution).thenReturn(execution);
                }), AT_ONCE)
            .then()
            .block(Duration.ofMinutes(2));
    }

    /**
     * What has become of an order, asking for it where that is not known.
     * @param execution as it is written
     * @return as it is written then
     */
    Mono<Execution> now(Execution execution) {
        Instant due = execution.dueAt();
        boolean open = execution.outcome().isUnresolved() || (due != null && due.isBefore(this.clock.instant()));
        if (!open || this.placing.isInFlight(execution.order().id())) {
            return Mono.just(execution);
        }
        return this.sessions.getOrOpen(execution.account())
            .flatMap(ManagedBrokerSession::awaitSession)
            .flatMap((session) -> asked(session, execution))
            .timeout(REQUEST_TIMEOUT.dividedBy(2))
            .onErrorResume(OrderReconciler::isOrdinary, (failure) -> Mono.just(execution))
            .onErrorResume(RuntimeException.class, (failure) -> {
                log.error("order {} cannot be asked about", execution.order().id(), failure);
                return Mono.just(execution);
            });
    }

    /** The broker, its session or the database is away; anything else is a fault here. */
    private static boolean isOrdinary(Throwable failure) {
        return failure instanceof BrokerException || failure instanceof ProblemException
                || failure instanceof TimeoutException || failure instanceof R2dbcException
                || failure instanceof DataAccessException;
    }

    private Mono<Execution> asked(BrokerSession session, Execution execution) {
        return session.orderState(execution.order(), number(execution))
            .timeout(REQUEST_TIMEOUT, Mono.just(new BrokerOrderState.Unknown()))
            .flatMap((state) -> resolve(execution, state))
            .switchIfEmpty(Mono.defer(() -> later(execution).then(this.executions.withId(execution.order().id()))));
    }

    private Mono<Execution> resolve(Execution execution, BrokerOrderState state) {
        Instant now = this.clock.instant();
        return this.executions.othersNumbers(execution)
            .map((others) -> new OutcomeResolver(execution.order(), number(execution), others, now))
            .flatMap((judgement) -> Mono.justOrEmpty(judgement.of(state)))
            .map((outcome) -> execution.became(outcome, now))
            .flatMap(this.executions::write)
            .doOnNext((after) -> this.placing.written(after.order().id()))
            .doOnNext((after) -> log.info("order {} of account {} is {}", after.order().id(), after.account(),
                    after.outcome()));
    }

    /** What the broker has acknowledged is never absent, be it written or not. */
    private @Nullable Long number(Execution execution) {
        Long written = execution.outcome().number();
        return (written != null) ? written : this.placing.acknowledged(execution.order().id());
    }

    /** The longer it lasts, the more seldom it is asked. */
    private Mono<Void> later(Execution execution) {
        Instant now = this.clock.instant();
        Duration pause = Duration.between(execution.createdAt(), now).dividedBy(4);
        // What lies at the broker may be done any time.
        Duration longest = (execution.order() instanceof ProtectiveOrder) ? RESTING : MAX_DURATION;
        pause = (pause.compareTo(SHORTEST) < 0) ? SHORTEST : (pause.compareTo(longest) > 0) ? longest : pause;
        return this.executions.postpone(execution.order().id(), now.plus(pause));
    }

    /**
     * When it is asked.
     */
    @Configuration(proxyBeanMethods = false)
    static class Timing {

        @Bean
        PeriodicTask lookingForOutcomes(OrderReconciler asking) {
            return new PeriodicTask("executions", EVERY, () -> asking.reconcileDue(false));
        }

        @Bean
        PeriodicTask lookingForOutcomesOfRestingOrders(OrderReconciler asking) {
            return new PeriodicTask("resting-executions", EVERY, () -> asking.reconcileDue(true));
        }

    }

}
