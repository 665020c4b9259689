package pregao.session.broker.execution;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.account.BrokerSessionRegistry;
import pregao.session.broker.account.ManagedBrokerSession;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.ownership.Ownership;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Sends orders to brokers, each once at most: it is written down first, by the one
 * replica that then sends it. What a broker refuses for its payout, and so does not have,
 * a session may send once more.
 */
@Component
class OrderPlacementService {

    private static final Logger log = LoggerFactory.getLogger(OrderPlacementService.class);

    /** Who asks hears by then how far it is. */
    private static final Duration ANSWER = Duration.ofSeconds(6);

    /** A session that has not said anything by then never will. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Retry A_WHILE = Retry.backoff(12, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    private final Map<UUID, InFlight> inFlight = new ConcurrentHashMap<>();

    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final ExecutionRepository executions;

    private final ExecutionJournal writing;

    private final BrokerSessionRegistry sessions;

    private final Ownership ownership;

    private final MeterRegistry meters;

    private final Clock clock;

    OrderPlacementService(ExecutionRepository executions, ExecutionJournal writing, BrokerSessionRegistry sessions,
            Ownership ownership, MeterRegistry meters, Clock clock) {
        this.executions = executions;
        this.writing = writing;
        this.sessions = sessions;
        this.ownership = ownership;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Places an order, or tells what has become of it where it came before.
     * @param order which
     * @param account from which account
     * @return in time, if need be as still on its way; fails where nothing was written
     */
    Mono<Execution> place(BrokerOrder order, UUID account) {
        return this.executions.withId(order.id())
            .flatMap((execution) -> replay(execution, order, account))
            .switchIfEmpty(Mono.defer(() -> placeNew(order, account)));
    }

    /**
     * Places an order where nothing stands in its way, as is the rule: it is late every
     * millisecond that it waits.
     * @param order which
     * @param account from which account
     * @return as {@link #place}; empty where it must be looked at first, and nothing was
     * done
     */
    Mono<Execution> placeImmediately(BrokerOrder order, UUID account) {
        return Mono.justOrEmpty(this.sessions.find(account))
            .filter((open) -> open.state() == BrokerSessionEventType.OPENED)
            .flatMap((open) -> open.awaitSession()
                .filter((session) -> session.findViolation(order).isEmpty())
                .flatMap((session) -> this.writing.journal(order, open.account(), session.supportsClientOrderIds())
                    .flatMap((execution) -> sent(execution, session))));
    }

    /**
     * Whether this replica is about to hear what becomes of an order.
     * @param id which
     * @return true while nobody need ask
     */
    boolean isInFlight(UUID id) {
        return this.inFlight.containsKey(id);
    }

    /**
     * Whether an order of an account is on its way, or its number is not written yet.
     * @param account which
     * @return false where all that the broker has of us is written
     */
    boolean isPlacing(UUID account) {
        return this.inFlight.values().stream().anyMatch((order) -> order.account().equals(account));
    }

    /**
     * The broker's number of an order, as long as it could not be written.
     * @param id which
     * @return null where it is written, or where the broker has told none
     */
    @Nullable Long acknowledged(UUID id) {
        return this.acknowledged.get(id);
    }

    /**
     * Takes it that what the broker told of an order is written.
     * @param id which
     */
    void written(UUID id) {
        this.acknowledged.remove(id);
    }

    private void acknowledge(Execution execution) {
        Long number = execution.outcome().number();
        if (number != null) {
            this.acknowledged.put(execution.order().id(), number);
        }
    }

    private Mono<Execution> replay(Execution execution, BrokerOrder order, UUID account) {
        if (!execution.order().equals(order) || !execution.account().equals(account)) {
            return Mono.error(new ProblemDefinition("order-id-used", "The id is another order's", 422,
                    "An order with this id and another body is known", List.of(), Map.of())
                .asException());
        }
        return awaitResult(execution);
    }

    private Mono<Execution> awaitResult(Execution execution) {
        if (!execution.outcome().isUnresolved()) {
            return Mono.just(execution);
        }
        InFlight coming = this.inFlight.get(execution.order().id());
        return (coming != null) ? coming.told().timeout(ANSWER, Mono.just(execution))
                : this.executions.withId(execution.order().id());
    }

    private Mono<Execution> placeNew(BrokerOrder order, UUID account) {
        return this.sessions.getOrOpen(account)
            .flatMap((open) -> open.awaitSession().flatMap((session) -> place(order, open, session)))
            .switchIfEmpty(Mono.defer(
                    () -> this.executions.withId(order.id()).flatMap((execution) -> replay(execution, order, account))))
            .switchIfEmpty(Mono.error(
                    () -> ProblemDefinition.unavailable("Another replica speaks for the account now").asException()));
    }

    private Mono<Execution> place(BrokerOrder order, ManagedBrokerSession open, BrokerSession session) {
        Optional<String> objection = session.findViolation(order);
        if (objection.isPresent()) {
            return Mono
                .error(ProblemDefinition.invalidFields(List.of(new FieldViolation("option.seconds", objection.get())))
                    .asException());
        }
        return this.writing.journalWhenAllowed(order, open.account(), session.supportsClientOrderIds())
            .flatMap((execution) -> {
                if (!execution.outcome().isUnresolved()) {
                    count(execution);
                    return Mono.just(execution);
                }
                return sent(execution, session);
            });
    }

    private Mono<Execution> sent(Execution execution, BrokerSession session) {
        return send(execution, session).timeout(ANSWER, Mono.just(execution));
    }

    /** Whoever asked may go away, the order goes on. */
    private Mono<Execution> send(Execution execution, BrokerSession session) {
        BrokerOrder order = execution.order();
        Timer.Sample sample = Timer.start(this.meters);
        Sinks.One<Execution> told = Sinks.one();
        this.inFlight.put(order.id(), new InFlight(execution.account(), told.asMono()));
        Mono<Execution> sent = session
            .place(order, this.ownership.ownershipCheck(execution.account(), execution.epoch()))
            .timeout(TIMEOUT, Mono.just(new PlaceOrderResult.Unknown()))
            .map((placement) -> execution.became(ExecutionOutcome.of(placement), this.clock.instant()))
            .doOnNext((after) -> sample.stop(timer(after)))
            .doOnNext(this::acknowledge)
            .flatMap((after) -> this.executions.write(after)
                .switchIfEmpty(Mono.defer(() -> this.executions.withId(order.id())))
                .retryWhen(A_WHILE))
            .doOnNext((written) -> written(order.id()))
            .doOnNext(told::tryEmitValue)
            .doFinally((signal) -> this.inFlight.remove(order.id()));
        this.lifeline.run(sent.then(), (failure) -> {
            if (failure != null) {
                log.error("order {} of account {} is not written to its end, its broker will be asked", order.id(),
                        execution.account(), failure);
            }
        });
        log.info("order {} of account {} at {}: {} {}, valid until {}", order.id(), execution.account(),
                execution.broker(), execution.side(), order.symbol(), order.validUntil());
        return told.asMono();
    }

    private void count(Execution execution) {
        timer(execution).record(Duration.ZERO);
    }

    private Timer timer(Execution execution) {
        log.info("order {} is {}", execution.order().id(), execution.outcome());
        return this.meters.timer("pregao.broker.orders", "broker", execution.broker(), "outcome",
                execution.outcome().state());
    }

    /**
     * An order on its way.
     *
     * @param account from which account
     * @param told what becomes of it, once that is written
     */
    private record InFlight(UUID account, Mono<Execution> told) {

    }

}
