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

    private static final String LIMITS = "The account's limits do not allow it";

    private final Map<AccountKey, Account> accounts;

    private final Set<UUID> killed;

    private final Instant now;

    private final Map<UUID, Order> added = new LinkedHashMap<>();

    private final Map<UUID, Order> changed = new LinkedHashMap<>();

    private final List<Decision> decisions = new ArrayList<>();

    private final List<ClosedTrade> trades = new ArrayList<>();

    private final List<PositionSnapshot> positions = new ArrayList<>();

    private final List<LedgerEvent> events = new ArrayList<>();

    private LedgerTransaction(Map<AccountKey, Account> accounts, Set<UUID> killed, Instant now) {
        this.accounts = accounts;
        this.killed = killed;
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
     * @param killed who wants nothing opened any more
     * @param now this moment
     * @return nothing done yet
     */
    public static LedgerTransaction of(Collection<Account> accounts, Set<UUID> killed, Instant now) {
        Map<AccountKey, Account> byKey = new TreeMap<>();
        accounts.forEach((account) -> byKey.put(account.key(), account));
        return new LedgerTransaction(byKey, killed, now);
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
     * @param wanted what is to be reserved for it, with all entries that may follow
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable RiskRejection refuses(AccountKey key, Reservation wanted, long time) {
        RiskRejection stopped = stops(key);
        Account account = account(key);
        RiskRejectReason why = (stopped == null) ? account.book().check(account.limits(), wanted, time) : null;
        return (why != null) ? new RiskRejection(why, LIMITS) : stopped;
    }

    /**
     * Whether a spot position may not be opened, also as it is paid in another currency.
     * @param key on which account
     * @param instrument of what
     * @param cost what is to be reserved for it
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable RiskRejection refuses(AccountKey key, Instrument instrument, BigDecimal cost, long time) {
        return account(key).matchesCurrency(instrument) ? refuses(key, Reservation.ofPosition(cost), time)
                : new RiskRejection(RiskRejectReason.NO_RATE, "It is not paid in the currency of the account's limits");
    }

    /**
     * Whether an entry may not be bought that follows another: its money is reserved.
     * @param key on which account
     * @return null where it may
     */
    public @Nullable RiskRejection stops(AccountKey key) {
        UUID person = account(key).person();
        return (this.killed.contains(person) || this.killed.contains(AccountRepository.ALL_USERS))
                ? new RiskRejection(RiskRejectReason.KILL_SWITCH, LIMITS) : null;
    }

    /**
     * Puts something at risk, or takes it back with a negative amount.
     * @param key on which account
     * @param risk how much
     */
    public void risk(AccountKey key, BigDecimal risk) {
        AccountRiskState book = account(key).book();
        change(key, (risk.signum() < 0) ? book.removeExposure(risk.negate()) : book.addExposure(risk));
    }

    /**
     * Reserves what a cycle of options can lose, or gives it back with a negative amount.
     * @param key on which account
     * @param loss how much
     */
    public void reserve(AccountKey key, BigDecimal loss) {
        AccountRiskState book = account(key).book();
        change(key, (loss.signum() < 0) ? book.release(loss.negate()) : book.reserve(loss));
    }

    /**
     * Adds an order that is not made.
     * @param order as it was wanted
     * @param refused why
     * @return as it is now
     */
    public Order refuse(Order order, RiskRejection refused) {
        Order never = order.became(OrderState.REFUSED, refused.why().text(), refused.words());
        put(never);
        return never;
    }

    /**
     * Adds an order, or changes one that was added or read.
     * @param order as it is now
     */
    public void put(Order order) {
        boolean fresh = order.state() == OrderState.NEW || order.state() == OrderState.REFUSED;
        boolean isAdded = this.added.containsKey(order.id()) || (fresh && !this.changed.containsKey(order.id()));
        Map<UUID, Order> orders = isAdded ? this.added : this.changed;
        orders.put(order.id(), order);
        this.events.add(LedgerEventMapper.of(order, this.now.toEpochMilli()));
    }

    /**
     * Notes that a bot knows how its order ended.
     * @param order which
     */
    public void told(Order order) {
        this.changed.put(order.id(), this.changed.getOrDefault(order.id(), order).told(true));
    }

    /**
     * Notes a decision; those to hold are kept, and not told.
     * @param decision which
     */
    public void put(Decision decision) {
        this.decisions.add(decision);
        if (decision.isSignal()) {
            this.events.add(LedgerEventMapper.of(decision));
        }
    }

    /**
     * Notes what is held now.
     * @param held of which nothing may be left
     */
    public void put(PositionSnapshot held) {
        this.positions.add(held);
        this.events.add(LedgerEventMapper.of(held, this.now.toEpochMilli()));
    }

    /**
     * Notes a trade, and what it brought to its account.
     * @param trade that is over
     */
    public void put(ClosedTrade trade) {
        this.trades.add(trade);
        this.events.add(LedgerEventMapper.of(trade));
        AccountKey key = trade.owner().account();
        change(key, account(key).book().applyProfit(trade.profit(), trade.closedAt()));
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
    public List<Order> news() {
        return orders().stream().filter((order) -> order.state() == OrderState.NEW).toList();
    }

    /**
     * Writes everything.
     * @param connection the one that locked the accounts
     * @throws SQLException where the database refuses
     */
    public void write(Connection connection) throws SQLException {
        DecisionRepository.add(connection, this.decisions);
        OrderRepository.add(connection, this.added.values(), this.now);
        OrderRepository.change(connection, this.changed.values(), this.now);
        TradeRepository.add(connection, this.trades);
        PositionRepository.write(connection, this.positions);
        AccountRepository.updateRiskStates(connection, this.accounts.values());
        OutboxRepository.add(connection, this.events, this.now);
    }

    /**
     * Whether anything happened.
     * @return false where nothing is to be published
     */
    public boolean hasEvents() {
        return !this.events.isEmpty();
    }

    private Account account(AccountKey key) {
        return Objects.requireNonNull(this.accounts.get(key), () -> "account " + key + " is not locked");
    }

    private void change(AccountKey key, AccountRiskState book) {
        this.accounts.put(key, account(key).withRiskState(book));
    }

}
