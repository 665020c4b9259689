package pregao.session.broker.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pregao.session.broker.account.BrokerAccount;
import pregao.session.broker.account.BrokerProperties;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.TradingMode;

/**
 * Writes orders down before they are sent: by the one replica that may send them, and
 * only where nothing is unresolved that they could be taken for.
 */
@Component
class ExecutionJournal {

    /**
     * One statement, so that no lock is left where this process stands still: the row is
     * there only if the epoch is still ours and nothing that it could be taken for is
     * unresolved.
     */
    private static final String INTO = """
            insert into session.execution (id, account, person, broker, money, symbol, side, named, body, epoch, state,
              outcome, due_at, created_at, changed_at)
            select :id, id, person, broker, :money, :symbol, :side, :named, cast(:body as jsonb), epoch, :state,
              cast(:outcome as jsonb), cast(:due as timestamptz), cast(:now as timestamptz), cast(:now as timestamptz)
            from session.broker_account where id = :account and owner = :owner and epoch = :epoch""";

    /** What is unresolved and could be taken for it. */
    private static final String ALIKE = """
            from session.execution where account = :account and symbol = :symbol and side = :side
               and state in ('sending', 'unknown') and not named and not :named""";

    private static final String ADD = INTO + " on conflict do nothing";

    /** The same where nothing has to be waited for and nothing speaks against it. */
    private static final String ADD_AT_ONCE = INTO + " and (:free or real_money) and not exists (select " + ALIKE
            + ") on conflict do nothing";

    private static final String FOUND = """
            select real_money, exists (select from session.execution where id = :id),
              (select state\s""" + ALIKE + """
            ) from session.broker_account where id = :account and owner = :owner and epoch = :epoch""";

    /** So long an order waits for one on its way that it could be taken for. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration RETRY_DELAY = Duration.ofMillis(25);

    private static final int MAX_ATTEMPTS = 200;

    private final DatabaseClient database;

    private final BrokerProperties settings;

    private final JsonMapper json;

    private final Clock clock;

    ExecutionJournal(DatabaseClient database, BrokerProperties settings, JsonMapper json, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes an order down, in one statement, where that is all there is to do.
     * @param order which
     * @param account as this replica owns it
     * @param named whether the broker keeps its id
     * @return as it is written, to be sent; empty where {@link #journalWhenAllowed} has
     * to look what stands against it
     */
    Mono<Execution> journal(BrokerOrder order, BrokerAccount account, boolean named) {
        boolean free = order.account() == TradingMode.DEMO;
        if (this.clock.instant().isAfter(order.validUntil()) || !(free || this.settings.realMoney())) {
            return Mono.empty();
        }
        Execution sending = sending(order, account);
        return added(statement(ADD_AT_ONCE, sending, account, named).bind("free", free)).filter((added) -> added)
            .map((added) -> sending);
    }

    /**
     * Writes an order down before it is sent.
     * @param order which
     * @param account as this replica owns it
     * @param named whether the broker keeps its id
     * @return as it is written, {@code sending} where it may be sent; empty where this
     * replica does not own the account any more, or where the order is there already
     */
    Mono<Execution> journalWhenAllowed(BrokerOrder order, BrokerAccount account, boolean named) {
        Instant end = earlier(this.clock.instant().plus(REQUEST_TIMEOUT), order.validUntil().minus(RETRY_DELAY));
        return Mono.defer(() -> written(order, account, named, end))
            .repeatWhenEmpty(MAX_ATTEMPTS, (again) -> again.delayElements(RETRY_DELAY))
            .onErrorResume(IllegalStateException.class, (inVain) -> Mono.just(Optional.empty()))
            .flatMap(Mono::justOrEmpty);
    }

    /**
     * Writes down that an order is never sent, unless something is written of it already.
     * @param order which
     * @param account as this replica owns it
     * @param refusal why
     * @return when that is done
     */
    Mono<Void> refuse(BrokerOrder order, BrokerAccount account, ExecutionOutcome.NotSent refusal) {
        Execution sending = sending(order, account);
        return add(sending.became(refusal, sending.createdAt()), account, false).then();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Tries once.
     * @return as it is written; nothing where it cannot be; empty where something alike
     * is on its way, or came between
     */
    private Mono<Optional<Execution>> written(BrokerOrder order, BrokerAccount account, boolean named, Instant end) {
        Execution sending = sending(order, account);
        Instant now = sending.createdAt();
        return this.database.sql(FOUND)
            .bind("id", order.id())
            .bind("named", named)
            .bind("account", account.id())
            .bind("symbol", sending.order().symbol())
            .bind("side", sending.side())
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("epoch", account.epoch())
            .map((row) -> new PlacementPreconditions(isTrue(row, 0), isTrue(row, 1), row.get(2, String.class)))
            .one()
            .filter((before) -> !before.known())
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .filter((before) -> before.isEmpty() || !before.get().isAlikeOnItsWay() || now.isAfter(end))
            .map((before) -> before.map((placementPreconditions) -> checked(sending, placementPreconditions)))
            .filterWhen((wished) -> wished.map((execution) -> add(execution, account, named)).orElse(Mono.just(true)));
    }

    private Execution checked(Execution sending, PlacementPreconditions before) {
        BrokerOrder order = sending.order();
        Instant now = sending.createdAt();
        if (order.account() != TradingMode.DEMO && !(before.realMoney() && this.settings.realMoney())) {
            return sending.became(new ExecutionOutcome.NotSent(PlaceOrderResult.RejectReason.REAL_MONEY_OFF,
                    "real money is switched off"), now);
        }
        if (now.isAfter(order.validUntil())) {
            return sending.became(new ExecutionOutcome.NotSent(PlaceOrderResult.RejectReason.TOO_LATE,
                    "it was valid until " + order.validUntil()), now);
        }
        return (before.alike() != null)
                ? sending.became(new ExecutionOutcome.NotSent(PlaceOrderResult.RejectReason.UNRESOLVED,
                        "an earlier order for the same symbol and direction is not resolved"), now)
                : sending;
    }

    private Execution sending(BrokerOrder order, BrokerAccount account) {
        Instant now = this.clock.instant();
        return new Execution(order, account.id(), account.person(), account.broker(), account.epoch(),
                new ExecutionOutcome.Sending(), now, now);
    }

    private static boolean isTrue(Readable row, int column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    private Mono<Boolean> add(Execution execution, BrokerAccount account, boolean named) {
        return added(statement(ADD, execution, account, named));
    }

    private static Mono<Boolean> added(DatabaseClient.GenericExecuteSpec statement) {
        return statement.fetch().rowsUpdated().map((count) -> count == 1);
    }

    private DatabaseClient.GenericExecuteSpec statement(String sql, Execution execution, BrokerAccount account,
            boolean named) {
        BrokerOrder order = execution.order();
        return this.database.sql(sql)
            .bind("id", order.id())
            .bind("account", execution.account())
            .bind("owner", Objects.requireNonNull(account.owner()))
            .bind("money", order.account().name().toLowerCase(Locale.ROOT))
            .bind("symbol", order.symbol())
            .bind("side", execution.side())
            .bind("named", named)
            .bind("body", this.json.writeValueAsString(PlaceOrderRequest.of(order)))
            .bind("epoch", execution.epoch())
            .bind("state", execution.outcome().state())
            .bind("outcome", execution.outcome().text(this.json))
            .bind("due", ExecutionRepository.moment(execution.dueAt()))
            .bind("now", execution.createdAt());
    }

}
