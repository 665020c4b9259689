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
 * What one transaction does: accounts are locked at its begin, and everything is written
 * at its end, in one go. For one thread.
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
     * Locks accounts and sees how they stand.
     * @param connection in a transaction, which holds the locks
     * @param keys which accounts
     * @param now this moment
     * @return nothing done yet
     * @throws SQLException where the database refuses
     */
    public static LedgerTransaction open(Connection connection, Collection<AccountKey> keys, Instant now)
            throws SQLException {
        Map<AccountKey, Account> accounts = AccountRepository.lock(connection, keys);
        return new LedgerTransaction(accounts, AccountRepository.findKilledUsers(connection), now);
    }

    /**
     * A ledger of accounts that somebody else has locked.
     * @param accounts as they stand
     * @param killedUsers who wants nothing opened any more
     * @param now this moment
     * @return nothing done yet
     */
    public static LedgerTransaction of(Collection<Account> accounts, Set<UUID> killedUsers, Instant now) {
        Map<AccountKey, Account> byKey = new TreeMap<>();
        accounts.forEach((account) -> byKey.put(account.key(), account));
        return new LedgerTransaction(byKey, killedUsers, now);
    }

    /**
     * This moment.
     * @return when the transaction began
     */
    public Instant now() {
        return this.now;
    }

    /**
     * Whether something may not be opened.
     * @param key on which account
     * @param reservation what is to be reserved for it, with all entries that may follow
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable RiskRejection check(AccountKey key, Reservation reservation, long time) {
        RiskRejection killSwitch = checkKillSwitch(key);
        Account account = getAccount(key);
        RiskRejectReason reason = (killSwitch == null) ? account.book().check(account.limits(), reservation, time)
                : null;
        return (reason != null) ? new RiskRejection(reason, LIMITS_MESSAGE) : killSwitch;
    }

    /**
     * Whether a spot position may not be opened, also as it is paid in another currency.
     * @param key on which account
     * @param instrument of what
     * @param cost what is to be reserved for it
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable RiskRejection check(AccountKey key, Instrument instrument, BigDecimal cost, long time) {
        return getAccount(key).matchesCurrency(instrument) ? check(key, Reservation.ofPosition(cost), time)
                : new RiskRejection(RiskRejectReason.NO_RATE, "It is not paid in the currency of the account's limits");
    }

    /**
     * Whether an entry may not be bought that follows another: its money is reserved.
     * @param key on which account
     * @return null where it may
     */
    public @Nullable RiskRejection checkKillSwitch(AccountKey key) {
        UUID userId = getAccount(key).person();
        return (this.killedUsers.contains(userId) || this.killedUsers.contains(AccountRepository.ALL_USERS))
                ? new RiskRejection(RiskRejectReason.KILL_SWITCH, LIMITS_MESSAGE) : null;
    }

    /**
     * Puts something at risk, or takes it back with a negative amount.
     * @param key on which account
     * @param amount how much
     */
    public void changeExposure(AccountKey key, BigDecimal amount) {
        AccountRiskState riskState = getAccount(key).book();
        updateRiskState(key,
                (amount.signum() < 0) ? riskState.removeExposure(amount.negate()) : riskState.addExposure(amount));
    }

    /**
     * Reserves what a cycle of options can lose, or gives it back with a negative amount.
     * @param key on which account
     * @param amount how much
     */
    public void changeReservation(AccountKey key, BigDecimal amount) {
        AccountRiskState riskState = getAccount(key).book();
        updateRiskState(key, (amount.signum() < 0) ? riskState.release(amount.negate()) : riskState.reserve(amount));
    }

    /**
     * Adds an order that is not made.
     * @param order as it was wanted
     * @param rejection why
     * @return as it is now
     */
    public Order addRejected(Order order, RiskRejection rejection) {
        Order rejected = order.withState(OrderState.REFUSED, rejection.why().text(), rejection.words());
        put(rejected);
        return rejected;
    }

    /**
     * Adds an order, or changes one that was added or read.
     * @param order as it is now
     */
    public void put(Order order) {
        boolean isNew = order.state() == OrderState.NEW || order.state() == OrderState.REFUSED;
        boolean isAdded = this.added.containsKey(order.id()) || (isNew && !this.changed.containsKey(order.id()));
        Map<UUID, Order> orders = isAdded ? this.added : this.changed;
        orders.put(order.id(), order);
        this.events.add(LedgerEventMapper.toEvent(order, this.now.toEpochMilli()));
    }

    /**
     * Notes that a bot knows how its order ended.
     * @param order which
     */
    public void markDelivered(Order order) {
        this.changed.put(order.id(), this.changed.getOrDefault(order.id(), order).withDelivered(true));
    }

    /**
     * Notes a decision; those to hold are kept, and not told.
     * @param decision which
     */
    public void put(Decision decision) {
        this.decisions.add(decision);
        if (decision.isSignal()) {
            this.events.add(LedgerEventMapper.toEvent(decision));
        }
    }

    /**
     * Notes what is held now.
     * @param position of which nothing may be left
     */
    public void put(PositionSnapshot position) {
        this.positions.add(position);
        this.events.add(LedgerEventMapper.toEvent(position, this.now.toEpochMilli()));
    }

    /**
     * Notes a trade, and what it brought to its account.
     * @param trade that is over
     */
    public void put(ClosedTrade trade) {
        this.trades.add(trade);
        this.events.add(LedgerEventMapper.toEvent(trade));
        AccountKey key = trade.owner().account();
        updateRiskState(key, getAccount(key).book().applyProfit(trade.profit(), trade.closedAt()));
    }

    /**
     * Tells of something else that happened.
     * @param event what
     */
    public void put(LedgerEvent event) {
        this.events.add(event);
    }

    /**
     * The trades so far.
     * @return in the order of their ends
     */
    public List<ClosedTrade> trades() {
        return this.trades;
    }

    /**
     * All orders that were added or changed, as they are now.
     * @return in the order in which they came first
     */
    public List<Order> orders() {
        List<Order> orders = new ArrayList<>(this.added.values());
        orders.addAll(this.changed.values());
        return orders;
    }

    /**
     * The accounts as they stand now.
     * @return in the order of their keys
     */
    public Collection<Account> accounts() {
        return this.accounts.values();
    }

    /**
     * The orders that are new, of which those at brokers are to be sent.
     * @return once the transaction is through
     */
    public List<Order> newOrders() {
        return orders().stream().filter((order) -> order.state() == OrderState.NEW).toList();
    }

    /**
     * Writes everything.
     * @param connection the one that locked the accounts
     * @throws SQLException where the database refuses
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

    /**
     * Whether anything happened.
     * @return false where nothing is to be published
     */
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
