package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Fill;
import pregao.session.broker.api.ProtectiveOrder;

/**
 * The orders that a protective order is at the broker: its stop, its take, or both.
 *
 * @param known what the broker says of those that it has
 */
record ProtectiveOrderLegs(List<JsonNode> known) {

    static final String STOP = "s";

    static final String TAKE = "t";

    private static final Pattern NAME = Pattern
        .compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[st]");

    ProtectiveOrderLegs {
        known = known.stream().filter((leg) -> leg.path("orderId").asLong(0) > 0).toList();
    }

    /** What is answered to who makes them: of a pair there is a report of each. */
    static ProtectiveOrderLegs of(JsonNode reply) {
        Collection<JsonNode> reports = reply.has("orderReports") ? reply.path("orderReports").values() : List.of(reply);
        return new ProtectiveOrderLegs(reports.stream()
            .sorted(Comparator.comparing((report) -> report.path("clientOrderId").asString("")))
            .toList());
    }

    boolean isEmpty() {
        return this.known.isEmpty();
    }

    /** Whether those that are known are all: of a pair both are there. */
    boolean isWhole() {
        return this.known.size() == 2 || this.known.stream().allMatch((leg) -> leg.path("orderListId").asLong(-1) < 0);
    }

    /** Whether they are there, and more may be sold. */
    boolean isOpen() {
        return !isEmpty() && isWhole() && !areOver();
    }

    /** Whether nothing more is sold by any of them; so where there is none. */
    boolean areOver() {
        return isWhole()
                && this.known.stream().allMatch((leg) -> OrderResponseMapper.isOver(leg.path("status").asString("")));
    }

    /** The broker's number of all of them: that of the stop, where there is one. */
    long number() {
        return this.known.getFirst().path("orderId").asLong(0);
    }

    BigDecimal sum(String field) {
        return this.known.stream()
            .map((leg) -> JsonTrees.decimal(leg.path(field)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Those that have sold anything. */
    List<JsonNode> filled() {
        return this.known.stream().filter((leg) -> JsonTrees.decimal(leg.path("executedQty")).signum() > 0).toList();
    }

    /** The name of a leg: shorter than the id, as names have 36 characters at most. */
    static String name(UUID id, String leg) {
        return id.toString().replace("-", "") + "-" + leg;
    }

    /** The order of which a name is that of a leg; null where it is none. */
    static @Nullable UUID id(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5")) : null;
    }

    /**
     * Asks for an order.
     * @param order what
     * @return an OCO pair, a stop with its limit, or a limit order that rests
     */
    static RestRequest question(ProtectiveOrder order) {
        BigDecimal stop = order.stop();
        BigDecimal limit = order.limit();
        BigDecimal take = order.take();
        RestRequest question = RestRequest.of((stop != null && take != null) ? "/v3/orderList/oco" : "/v3/order", 1)
            .asUrgent()
            .with("symbol", order.symbol())
            .with("side", "SELL")
            .with("quantity", plain(order.quantity()))
            .with("newOrderRespType", "RESULT");
        if (stop == null || limit == null) {
            return question.with("type", "LIMIT")
                .with("timeInForce", "GTC")
                .with("price", plain(take))
                .with("newClientOrderId", name(order.id(), TAKE));
        }
        if (take == null) {
            return question.with("type", "STOP_LOSS_LIMIT")
                .with("timeInForce", "GTC")
                .with("price", plain(limit))
                .with("stopPrice", plain(stop))
                .with("newClientOrderId", name(order.id(), STOP));
        }
        return question.with("listClientOrderId", order.id())
            .with("aboveType", "LIMIT_MAKER")
            .with("abovePrice", plain(take))
            .with("aboveClientOrderId", name(order.id(), TAKE))
            .with("belowType", "STOP_LOSS_LIMIT")
            .with("belowTimeInForce", "GTC")
            .with("belowPrice", plain(limit))
            .with("belowStopPrice", plain(stop))
            .with("belowClientOrderId", name(order.id(), STOP));
    }

    private static String plain(@Nullable BigDecimal number) {
        return (number == null) ? "" : number.stripTrailingZeros().toPlainString();
    }

    /**
     * What came of both legs.
     * @param trades of the legs that were filled, each a list of the broker's trades
     * @return with the fees of all trades
     */
    Fill fill(List<JsonNode> trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades.forEach((jsonNode) -> jsonNode.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                JsonTrees.decimal(trade.path("commission")), BigDecimal::add)));
        return Fill.of(number(), sum("executedQty"), sum("cummulativeQuoteQty"), fees);
    }

}
