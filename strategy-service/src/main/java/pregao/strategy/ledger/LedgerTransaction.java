package pregao.strategy.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.Reservation;
import pregao.market.risk.RiskRejectReason;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountRepository;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.outbox.LedgerEvent;
import pregao.strategy.outbox.OutboxRepository;
import pregao.strategy.position.PositionRepository;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.DecisionRepository;
import pregao.strategy.trade.ClosedTrade;
import pregao.strategy.trade.TradeRepository;

/**
 * The changes of one transaction to accounts, orders, positions and trades. The accounts
 * are locked when it opens; all changes are written together at its end. Not thread-safe.
 */
public final class LedgerTransaction {

    private static final String LIMITS_MESSAGE = "The account's limits do not allow it";

    private final Map<AccountKey, Account> accounts;

    private final Set<UUID> killedUsers;

    private final Instant now;

    private final Map<UUID, Order> added = new LinkedHashMap<>();

    private final Map<UUID, Order> changed = new LinkedHashMap<>();

    private final List<Decision> decisions = new ArrayList<>();

    private final List<ClosedTrade> trades = new ArrayList<>();

    private final List<PositionSnapshot> positions = new ArrayList<>();

    private final List<LedgerEvent> events = new ArrayList<>();

    private LedgerTransaction(Map<AccountKey, Account> accounts, Set<UUID> killedUsers, Instant now) {
        this.accounts = accounts;
        this.killedUsers = killedUsers;
        this.now = now;
    }

    /**
     * Locks accounts and reads their state.
     * @param connection the connection of the transaction, which holds the locks
     * @param keys the accounts to lock
     * @param now the current time
     * @return a ledger transaction without changes
     * @throws SQLException if the database fails
     */
    public static LedgerTransaction open(Connection connection, Collection<AccountKey> keys, Instant now)
            throws SQLException {
        Map<AccountKey, Account> accounts = AccountRepository.lock(connection, keys);
        return new LedgerTransaction(accounts, AccountRepository.findKilledUsers(connection), now);
    }

    /**
     * Creates a ledger transaction on accounts that the caller has locked.
     * @param accounts the state of the accounts
     * @param killedUsers the users whose kill switch is active
     * @param now the current time
     * @return a ledger transaction without changes
     */
    public static LedgerTransaction of(Collection<Account> accounts, Set<UUID> killedUsers, Instant now) {
        Map<AccountKey, Account> byKey = new TreeMap<>();
        accounts.forEach((account) -> byKey.put(account.key(), account));
        return new LedgerTransaction(byKey, killedUsers, now);
    }

    /** Returns the time when the transaction began. */
    public Instant now() {
        return this.now;
    }

    /**
     * Checks whether the limits of an account and the kill switches allow an entry.
     * @param key the account
     * @param reservation the amounts to reserve, for this entry and all that may follow
     * it
     * @param time the current time, or the time of the feed, in epoch milliseconds
     * @return the reason for the rejection, or null if the entry is allowed
     */
    public @Nullable RiskRejection check(AccountKey key, Reservation reservation, long time) {
        RiskRejection killSwitch = checkKillSwitch(key);
        Account account = getAccount(key);
        RiskRejectReason reason = (killSwitch == null) ? account.book().check(account.limits(), reservation, time)
                : null;
        return (reason != null) ? new RiskRejection(reason, LIMITS_MESSAGE) : killSwitch;
    }

    /**
     * Checks whether a spot position may be opened. A position that is not paid in the
     * currency of the account is rejected.
     * @param key the account
     * @param instrument the instrument to buy
     * @param cost the amount to reserve
     * @param time the current time, or the time of the feed, in epoch milliseconds
     * @return the reason for the rejection, or null if the position may be opened
     */
    public @Nullable RiskRejection check(AccountKey key, Instrument instrument, BigDecimal cost, long time) {
        return getAccount(key).matchesCurrency(instrument) ? check(key, Reservation.ofPosition(cost), time)
                : new RiskRejection(RiskRejectReason.NO_RATE, "It is not paid in the currency of the account's limits");
    }

    /**
     * Checks the kill switches only, for an entry that follows another one: its amount is
     * already reserved.
     * @param key the account
     * @return the rejection, or null if no kill switch is active
     */
    public @Nullable RiskRejection checkKillSwitch(AccountKey key) {
        UUID userId = getAccount(key).person();
        return (this.killedUsers.contains(userId) || this.killedUsers.contains(AccountRepository.ALL_USERS))
                ? new RiskRejection(RiskRejectReason.KILL_SWITCH, LIMITS_MESSAGE) : null;
    }

    /**
     * Adds to the exposure of an account, or reduces it if the amount is negative.
     * @param key the account
     * @param amount the change, in the currency of the account
     */
    public void changeExposure(AccountKey key, BigDecimal amount) {
        AccountRiskState riskState = getAccount(key).book();
        updateRiskState(key,
                (amount.signum() < 0) ? riskState.removeExposure(amount.negate()) : riskState.addExposure(amount));
    }

    /**
     * Reserves the possible loss of a cycle of options, or releases it if the amount is
     * negative.
     * @param key the account
     * @param amount the change, in the currency of the account
     */
    public void changeReservation(AccountKey key, BigDecimal amount) {
        AccountRiskState riskState = getAccount(key).book();
        updateRiskState(key, (amount.signum() < 0) ? riskState.release(amount.negate()) : riskState.reserve(amount));
    }

    /**
     * Adds an order that risk rejects.
     * @param order the order as requested
     * @param rejection the reason
     * @return the rejected order
     */
    public Order addRejected(Order order, RiskRejection rejection) {
        Order rejected = order.withState(OrderState.REFUSED, rejection.why().text(), rejection.words());
        put(rejected);
        return rejected;
    }

    /**
     * Adds an order, or updates an order that was added or read.
     * @param order the new state of the order
     */
    public void put(Order order) {
        boolean isNew = order.state() == OrderState.NEW || order.state() == OrderState.REFUSED;
        boolean isAdded = this.added.containsKey(order.id()) || (isNew && !this.changed.containsKey(order.id()));
        Map<UUID, Order> orders = isAdded ? this.added : this.changed;
        orders.put(order.id(), order);
        this.events.add(LedgerEventMapper.toEvent(order, this.now.toEpochMilli()));
    }

    /**
     * Marks that a bot instance knows the outcome of its order.
     * @param order the order
     */
    public void markDelivered(Order order) {
        this.changed.put(order.id(), this.changed.getOrDefault(order.id(), order).withDelivered(true));
    }

    /**
     * Adds a decision. A decision to hold is stored, but creates no event.
     * @param decision the decision
     */
    public void put(Decision decision) {
        this.decisions.add(decision);
        if (decision.isSignal()) {
            this.events.add(LedgerEventMapper.toEvent(decision));
        }
    }

    /**
     * Sets a position.
     * @param position the new state; an amount of 0 means that it is closed
     */
    public void put(PositionSnapshot position) {
        this.positions.add(position);
        this.events.add(LedgerEventMapper.toEvent(position, this.now.toEpochMilli()));
    }

    /**
     * Adds a closed trade, and applies its profit to the account.
     * @param trade the closed trade
     */
    public void put(ClosedTrade trade) {
        this.trades.add(trade);
        this.events.add(LedgerEventMapper.toEvent(trade));
        AccountKey key = trade.owner().account();
        updateRiskState(key, getAccount(key).book().applyProfit(trade.profit(), trade.closedAt()));
    }

    /**
     * Adds another event to publish.
     * @param event the event
     */
    public void put(LedgerEvent event) {
        this.events.add(event);
    }

    /** Returns the trades that were added, in order of their closing. */
    public List<ClosedTrade> trades() {
        return this.trades;
    }

    /**
     * Returns the orders that were added or changed, in their current state.
     * @return the added orders, then the changed ones, each in the order of their first
     * change
     */
    public List<Order> orders() {
        List<Order> orders = new ArrayList<>(this.added.values());
        orders.addAll(this.changed.values());
        return orders;
    }

    /**
     * Returns the current state of the accounts.
     * @return the accounts in order of their keys
     */
    public Collection<Account> accounts() {
        return this.accounts.values();
    }

    /**
     * Returns the orders in state {@code NEW}. Those at brokers must be sent after the
     * commit.
     * @return the new orders
     */
    public List<Order> newOrders() {
        return orders().stream().filter((order) -> order.state() == OrderState.NEW).toList();
    }

    /**
     * Writes all changes.
     * @param connection the connection that locked the accounts
     * @throws SQLException if the database fails
     */
    public void write(Connection connection) throws SQLException {
        DecisionRepository.insert(connection, this.decisions);
        OrderRepository.insert(connection, this.added.values(), this.now);
        OrderRepository.update(connection, this.changed.values(), this.now);
        TradeRepository.insert(connection, this.trades);
        PositionRepository.save(connection, this.positions);
        AccountRepository.updateRiskStates(connection, this.accounts.values());
        OutboxRepository.insert(connection, this.events, this.now);
    }

    /** Returns whether there are events to publish. */
    public boolean hasEvents() {
        return !this.events.isEmpty();
    }

    private Account getAccount(AccountKey key) {
        return Objects.requireNonNull(this.accounts.get(key), () -> "account " + key + " is not locked");
    }

    private void updateRiskState(AccountKey key, AccountRiskState riskState) {
        this.accounts.put(key, getAccount(key).withRiskState(riskState));
    }

}
