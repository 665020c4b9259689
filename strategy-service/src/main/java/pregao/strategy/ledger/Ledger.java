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
import pregao.market.risk.Book;
import pregao.market.risk.Refusal;
import pregao.market.risk.Reservation;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Accounts;
import pregao.strategy.event.Events;
import pregao.strategy.event.LedgerEvent;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Orders;
import pregao.strategy.position.Held;
import pregao.strategy.position.Positions;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.Decisions;
import pregao.strategy.trade.Traded;
import pregao.strategy.trade.Trades;

/**
 * What one transaction does: accounts are locked at its begin, and everything is written
 * at its end, in one go. For one thread.
 */
public final class Ledger {

    private static final String LIMITS = "The account's limits do not allow it";

    private final Map<AccountKey, Account> accounts;

    private final Set<UUID> killed;

    private final Instant now;

    private final Map<UUID, Order> added = new LinkedHashMap<>();

    private final Map<UUID, Order> changed = new LinkedHashMap<>();

    private final List<Decision> decisions = new ArrayList<>();

    private final List<Traded> trades = new ArrayList<>();

    private final List<Held> positions = new ArrayList<>();

    private final List<LedgerEvent> events = new ArrayList<>();

    private Ledger(Map<AccountKey, Account> accounts, Set<UUID> killed, Instant now) {
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
    public static Ledger open(Connection connection, Collection<AccountKey> keys, Instant now) throws SQLException {
        return new Ledger(Accounts.lock(connection, keys), Accounts.killed(connection), now);
    }

    /**
     * A ledger of accounts that somebody else has locked.
     * @param accounts as they stand
     * @param killed who wants nothing opened any more
     * @param now this moment
     * @return nothing done yet
     */
    public static Ledger of(Collection<Account> accounts, Set<UUID> killed, Instant now) {
        Map<AccountKey, Account> byKey = new TreeMap<>();
        accounts.forEach((account) -> byKey.put(account.key(), account));
        return new Ledger(byKey, killed, now);
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
    public @Nullable Refused refuses(AccountKey key, Reservation wanted, long time) {
        Refused stopped = stops(key);
        Refusal why = (stopped == null) ? account(key).book().refuses(account(key).limits(), wanted, time) : null;
        return (why != null) ? new Refused(why, LIMITS) : stopped;
    }

    /**
     * Whether a spot position may not be opened, also as it is paid in another currency.
     * @param key on which account
     * @param instrument of what
     * @param cost what is to be reserved for it
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable Refused refuses(AccountKey key, Instrument instrument, BigDecimal cost, long time) {
        return account(key).counts(instrument) ? refuses(key, Reservation.ofPosition(cost), time)
                : new Refused(Refusal.NO_RATE, "It is not paid in the currency of the account's limits");
    }

    /**
     * Whether an entry may not be bought that follows another: its money is reserved.
     * @param key on which account
     * @return null where it may
     */
    public @Nullable Refused stops(AccountKey key) {
        boolean pulled = this.killed.contains(account(key).person()) || this.killed.contains(Accounts.EVERYBODY);
        return pulled ? new Refused(Refusal.KILL_SWITCH, LIMITS) : null;
    }

    /**
     * Puts something at risk, or takes it back with a negative amount.
     * @param key on which account
     * @param risk how much
     */
    public void risk(AccountKey key, BigDecimal risk) {
        Book book = account(key).book();
        change(key, (risk.signum() < 0) ? book.released(risk.negate()) : book.opened(risk));
    }

    /**
     * Reserves what a cycle of options can lose, or gives it back with a negative amount.
     * @param key on which account
     * @param loss how much
     */
    public void reserve(AccountKey key, BigDecimal loss) {
        Book book = account(key).book();
        change(key, (loss.signum() < 0) ? book.freed(loss.negate()) : book.reserved(loss));
    }

    /**
     * Adds an order that is not made.
     * @param order as it was wanted
     * @param refused why
     * @return as it is now
     */
    public Order refuse(Order order, Refused refused) {
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
        if (this.added.containsKey(order.id()) || (fresh && !this.changed.containsKey(order.id()))) {
            this.added.put(order.id(), order);
        }
        else {
            this.changed.put(order.id(), order);
        }
        this.events.add(Told.of(order, this.now.toEpochMilli()));
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
            this.events.add(Told.of(decision));
        }
    }

    /**
     * Notes what is held now.
     * @param held of which nothing may be left
     */
    public void put(Held held) {
        this.positions.add(held);
        this.events.add(Told.of(held, this.now.toEpochMilli()));
    }

    /**
     * Notes a trade, and what it brought to its account.
     * @param trade that is over
     */
    public void put(Traded trade) {
        this.trades.add(trade);
        this.events.add(Told.of(trade));
        change(trade.owner().account(),
                account(trade.owner().account()).book().earned(trade.profit(), trade.closedAt()));
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
    public List<Traded> trades() {
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
        Decisions.add(connection, this.decisions);
        Orders.add(connection, this.added.values(), this.now);
        Orders.change(connection, this.changed.values(), this.now);
        Trades.add(connection, this.trades);
        Positions.write(connection, this.positions);
        Accounts.write(connection, this.accounts.values());
        Events.add(connection, this.events, this.now);
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

    private void change(AccountKey key, Book book) {
        this.accounts.put(key, account(key).with(book));
    }

}
