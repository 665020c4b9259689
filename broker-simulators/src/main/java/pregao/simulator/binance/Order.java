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

    private final List<Trade> trades = new ArrayList<>();

    private final long id;

    private final Account account;

    private final Wish wish;

    private final long created;

    private String status = "NEW";

    private BigDecimal done = BigDecimal.ZERO;

    private BigDecimal value = BigDecimal.ZERO;

    private long updated;

    Order(long id, Account account, Wish wish, long created) {
        this.id = id;
        this.account = account;
        this.wish = wish;
        this.created = created;
        this.updated = created;
    }

    long id() {
        return this.id;
    }

    Account account() {
        return this.account;
    }

    Wish wish() {
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

    void add(Trade trade) {
        this.trades.add(trade);
        this.done = this.done.add(trade.quantity());
        this.value = this.value.add(trade.value());
        this.status = (rest().signum() == 0) ? "FILLED" : "PARTIALLY_FILLED";
        this.updated = trade.time();
    }

    void end(String how, long now) {
        this.status = how;
        this.updated = now;
    }

    ObjectNode json() {
        return common().put("time", this.created)
            .put("updateTime", this.updated)
            .put("isWorking", true)
            .put("stopPrice", "0.00000000");
    }

    ObjectNode full() {
        ObjectNode json = common().put("transactTime", this.updated);
        if (this.status.equals("EXPIRED")) {
            json.put("expiryReason", "INSUFFICIENT_LIQUIDITY");
        }
        ArrayNode fills = json.putArray("fills");
        this.trades.forEach((trade) -> fills.add(trade.fill()));
        return json;
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
        return Json.object()
            .put("e", "executionReport")
            .put("E", now)
            .put("s", pair().symbol())
            .put("c", this.wish.clientId())
            .put("S", this.wish.buying() ? "BUY" : "SELL")
            .put("o", this.wish.type())
            .put("f", this.wish.timeInForce())
            .put("q", Texts.decimal(this.wish.quantity()))
            .put("p", price())
            .put("C", "")
            .put("x", kind)
            .put("X", kind.equals("NEW") ? "NEW" : this.status)
            .put("r", "NONE")
            .put("i", this.id)
            .put("l", Texts.decimal((trade == null) ? zero : trade.quantity()))
            .put("z", Texts.decimal(kind.equals("NEW") ? zero : this.done))
            .put("L", Texts.decimal((trade == null) ? zero : trade.price()))
            .put("n", Texts.decimal((trade == null) ? zero : trade.commission()))
            .put("N", (trade == null) ? null : trade.commissionAsset())
            .put("T", now)
            .put("t", (trade == null) ? -1 : trade.id())
            .put("I", execution)
            .put("w", isOpen())
            .put("m", false)
            .put("O", this.created)
            .put("Z", Texts.decimal(kind.equals("NEW") ? zero : this.value))
            .put("Y", Texts.decimal((trade == null) ? zero : trade.value()));
    }

    private String price() {
        BigDecimal limit = this.wish.price();
        return Texts.decimal((limit == null) ? BigDecimal.ZERO : limit);
    }

    private ObjectNode common() {
        return Json.object()
            .put("symbol", pair().symbol())
            .put("orderId", this.id)
            .put("orderListId", -1)
            .put("clientOrderId", this.wish.clientId())
            .put("price", price())
            .put("origQty", Texts.decimal(this.wish.quantity()))
            .put("executedQty", Texts.decimal(this.done))
            .put("origQuoteOrderQty", "0.00000000")
            .put("cummulativeQuoteQty", Texts.decimal(this.value))
            .put("status", this.status)
            .put("timeInForce", this.wish.timeInForce())
            .put("type", this.wish.type())
            .put("side", this.wish.buying() ? "BUY" : "SELL")
            .put("workingTime", this.created)
            .put("selfTradePreventionMode", "EXPIRE_MAKER");
    }

}
