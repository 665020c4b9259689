package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * An order that the broker has taken.
 */
final class Order {

    private static final long NEVER = -1;

    private final List<Trade> trades = new ArrayList<>();

    private final long id;

    private final Account account;

    private final OrderRequest wish;

    private final long created;

    private String status = "NEW";

    private BigDecimal done = BigDecimal.ZERO;

    private BigDecimal value = BigDecimal.ZERO;

    private BigDecimal locked = BigDecimal.ZERO;

    private @Nullable OrderList list;

    private @Nullable String cancelName;

    private long updated;

    private long working;

    Order(long id, Account account, OrderRequest wish, long created) {
        this.id = id;
        this.account = account;
        this.wish = wish;
        this.created = created;
        this.updated = created;
        this.working = (wish.stop() == null) ? created : NEVER;
    }

    long id() {
        return this.id;
    }

    Account account() {
        return this.account;
    }

    OrderRequest wish() {
        return this.wish;
    }

    Pair pair() {
        return this.wish.pair();
    }

    List<Trade> trades() {
        return this.trades;
    }

    boolean isOpen() {
        return this.status.equals("NEW") || this.status.equals("PARTIALLY_FILLED");
    }

    BigDecimal rest() {
        return this.wish.quantity().subtract(this.done);
    }

    long created() {
        return this.created;
    }

    @Nullable OrderList list() {
        return this.list;
    }

    long listId() {
        OrderList mine = this.list;
        return (mine == null) ? -1 : mine.id();
    }

    void joins(OrderList with) {
        this.list = with;
    }

    /**
     * Whether it lies in the book.
     * @return false while it waits for its stop price
     */
    boolean isWorking() {
        return this.working != NEVER;
    }

    void work(long now) {
        this.working = now;
        this.updated = now;
    }

    /** Keeps what it needs from being used otherwise. */
    void lock(BigDecimal amount) {
        this.locked = this.locked.add(amount);
        this.account.add(spent(), amount.negate(), amount);
    }

    private void unlock(BigDecimal amount) {
        this.locked = this.locked.subtract(amount);
        this.account.add(spent(), amount, amount.negate());
    }

    void takeLock(Order from) {
        this.locked = this.locked.add(from.locked);
        from.locked = BigDecimal.ZERO;
    }

    private String spent() {
        return this.wish.buying() ? pair().quote() : pair().base();
    }

    void add(Trade trade) {
        BigDecimal limit = this.wish.price();
        BigDecimal reserved = (this.wish.buying() && limit != null) ? limit.multiply(trade.quantity())
                : trade.quantity();
        unlock(reserved.min(this.locked));
        BigDecimal bought = this.wish.buying() ? trade.quantity() : trade.quantity().negate();
        BigDecimal paid = this.wish.buying() ? trade.value().negate() : trade.value();
        this.account.add(pair().base(), bought, BigDecimal.ZERO);
        this.account.add(pair().quote(), paid, BigDecimal.ZERO);
        this.account.add(trade.commissionAsset(), trade.commission().negate(), BigDecimal.ZERO);
        this.account.changed(trade.time());
        this.trades.add(trade);
        this.done = this.done.add(trade.quantity());
        this.value = this.value.add(trade.value());
        if (rest().signum() == 0) {
            end("FILLED", trade.time());
        }
        else {
            this.status = "PARTIALLY_FILLED";
            this.updated = trade.time();
        }
    }

    void end(String how, long now) {
        unlock(this.locked);
        this.account.changed(now);
        this.status = how;
        this.updated = now;
    }

    void cancel(@Nullable String name, long now) {
        this.cancelName = name;
        end("CANCELED", now);
    }

    boolean isNew() {
        return this.status.equals("NEW");
    }

    ObjectNode json() {
        return common().put("time", this.created)
            .put("updateTime", this.updated)
            .put("isWorking", isWorking())
            .put("stopPrice", stop())
            .put("icebergQty", "0.00000000");
    }

    /**
     * What is answered to who makes it.
     * @param type ACK, RESULT or FULL
     * @return as much of it
     */
    ObjectNode answer(String type) {
        return switch (type) {
            case "ACK" -> Json.object()
                .put("symbol", pair().symbol())
                .put("orderId", this.id)
                .put("orderListId", listId())
                .put("clientOrderId", this.wish.clientId())
                .put("transactTime", this.updated);
            case "RESULT" -> result();
            default -> full();
        };
    }

    private ObjectNode result() {
        ObjectNode json = common().put("transactTime", this.updated);
        if (this.wish.stop() != null) {
            json.put("stopPrice", stop());
        }
        if (this.status.equals("EXPIRED")) {
            json.put("expiryReason", "INSUFFICIENT_LIQUIDITY");
        }
        return json;
    }

    ObjectNode full() {
        ObjectNode json = result();
        ArrayNode fills = json.putArray("fills");
        this.trades.forEach((trade) -> fills.add(trade.fill()));
        return json;
    }

    /**
     * What is answered to who takes it back.
     * @return with the names of both
     */
    ObjectNode cancelled() {
        return result().put("origClientOrderId", this.wish.clientId())
            .put("clientOrderId", (this.cancelName == null) ? this.wish.clientId() : this.cancelName);
    }

    /**
     * What is told of it.
     * @param kind of execution, such as {@code TRADE}
     * @param trade that was made, or null
     * @param execution a number that no other has
     * @param now epoch milliseconds
     * @return an {@code executionReport}
     */
    ObjectNode report(String kind, @Nullable Trade trade, long execution, long now) {
        BigDecimal zero = BigDecimal.ZERO;
        String name = kind.equals("CANCELED") ? this.cancelName : null;
        return Json.object()
            .put("e", "executionReport")
            .put("E", now)
            .put("s", pair().symbol())
            .put("c", (name == null) ? this.wish.clientId() : name)
            .put("S", this.wish.buying() ? "BUY" : "SELL")
            .put("o", this.wish.type())
            .put("f", this.wish.timeInForce())
            .put("q", Decimals.decimal(this.wish.quantity()))
            .put("p", price())
            .put("P", stop())
            .put("F", "0.00000000")
            .put("g", listId())
            .put("C", (name == null) ? "" : this.wish.clientId())
            .put("x", kind)
            .put("X", kind.equals("NEW") ? "NEW" : this.status)
            .put("r", "NONE")
            .put("i", this.id)
            .put("l", Decimals.decimal((trade == null) ? zero : trade.quantity()))
            .put("z", Decimals.decimal(kind.equals("NEW") ? zero : this.done))
            .put("L", Decimals.decimal((trade == null) ? zero : trade.price()))
            .put("n", Decimals.decimal((trade == null) ? zero : trade.commission()))
            .put("N", (trade == null) ? null : trade.commissionAsset())
            .put("T", now)
            .put("t", (trade == null) ? -1 : trade.id())
            .put("I", execution)
            .put("w", isOpen() && isWorking())
            .put("m", trade != null && trade.maker())
            .put("O", this.created)
            .put("Z", Decimals.decimal(kind.equals("NEW") ? zero : this.value))
            .put("Y", Decimals.decimal((trade == null) ? zero : trade.value()))
            .put("Q", "0.00000000")
            .put("V", "EXPIRE_MAKER");
    }

    private String stop() {
        BigDecimal from = this.wish.stop();
        return Decimals.decimal((from == null) ? BigDecimal.ZERO : from);
    }

    private String price() {
        BigDecimal limit = this.wish.price();
        return Decimals.decimal((limit == null) ? BigDecimal.ZERO : limit);
    }

    private ObjectNode common() {
        return Json.object()
            .put("symbol", pair().symbol())
            .put("orderId", this.id)
            .put("orderListId", listId())
            .put("clientOrderId", this.wish.clientId())
            .put("price", price())
            .put("origQty", Decimals.decimal(this.wish.quantity()))
            .put("executedQty", Decimals.decimal(this.done))
            .put("origQuoteOrderQty", "0.00000000")
            .put("cummulativeQuoteQty", Decimals.decimal(this.value))
            .put("status", this.status)
            .put("timeInForce", this.wish.timeInForce())
            .put("type", this.wish.type())
            .put("side", this.wish.buying() ? "BUY" : "SELL")
            .put("workingTime", this.working)
            .put("selfTradePreventionMode", "EXPIRE_MAKER");
    }

}
