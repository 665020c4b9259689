package pregao.simulator.binance;

import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * What the owner of a key may ask.
 */
final class AccountEndpoints {

    private static final int USUAL = 500;

    private final MatchingEngine desk;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    AccountEndpoints(MatchingEngine desk, Faults<Fault> faults, SimulatorClock clock) {
        this.desk = desk;
        this.faults = faults;
        this.clock = clock;
    }

    JsonNode answer(Endpoint endpoint, Account account, Parameters parameters) {
        return switch (endpoint) {
            case ORDER -> {
                Order order = OrderEndpoints.found(this.desk, account, parameters, "orderId", "origClientOrderId");
                if (order == null || this.faults.strikes(Fault.ORDER_NOT_YET_KNOWN)) {
                    throw new ApiErrorException(-2013, "Order does not exist.");
                }
                yield order.json();
            }
            case OPEN_ORDERS -> array(this.desk.of(account, parameters.has("symbol") ? parameters.pair() : null)
                .stream()
                .filter(Order::isOpen)
                .map(Order::json)
                .toList());
            case ALL_ORDERS ->
                array(latest(this.desk.of(account, parameters.pair()).stream().map(Order::json).toList(), parameters));
            case LIST -> {
                OrderList list = OrderEndpoints.list(this.desk, account, parameters, "origClientOrderId");
                if (list == null) {
                    throw new ApiErrorException(-2018, "Order list does not exist.");
                }
                yield list.json();
            }
            case OPEN_LISTS ->
                array(this.desk.lists(account).stream().filter(OrderList::isOpen).map(OrderList::json).toList());
            case ALL_LISTS ->
                array(latest(this.desk.lists(account).stream().map(OrderList::json).toList(), parameters));
            case ACCOUNT -> account(account, Boolean.parseBoolean(parameters.text("omitZeroBalances")));
            case TRADES -> trades(account, parameters);
            case ORDER_COUNT -> account.orders().json(this.clock.millis());
            default -> throw new IllegalArgumentException(endpoint + " is for anybody");
        };
    }

    private static ObjectNode account(Account account, boolean withoutZeros) {
        ObjectNode json = Json.object()
            .put("makerCommission", 10)
            .put("takerCommission", 10)
            .put("buyerCommission", 0)
            .put("sellerCommission", 0)
            .put("canTrade", true)
            .put("canWithdraw", false)
            .put("canDeposit", false)
            .put("brokered", false)
            .put("requireSelfTradePrevention", false)
            .put("preventSor", false)
            .put("updateTime", account.changed())
            .put("accountType", "SPOT")
            .put("uid", account.uid());
        json.putObject("commissionRates")
            .put("maker", Decimals.decimal(Fees.RATE))
            .put("taker", Decimals.decimal(Fees.RATE))
            .put("buyer", "0.00000000")
            .put("seller", "0.00000000");
        json.set("balances", account.balances(withoutZeros));
        json.putArray("permissions").add("SPOT");
        return json;
    }

    private JsonNode trades(Account account, Parameters parameters) {
        long only = parameters.number("orderId", 0);
        return array(latest(this.desk.of(account, parameters.pair())
            .stream()
            .filter((order) -> only == 0 || order.id() == only)
            .flatMap((order) -> order.trades().stream().map((trade) -> trade.json(order)))
            .toList(), parameters));
    }

    private static List<ObjectNode> latest(List<ObjectNode> all, Parameters parameters) {
        int limit = (int) Math.min(1000, parameters.number("limit", USUAL));
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private static ArrayNode array(List<ObjectNode> nodes) {
        return nodes.stream()
            .collect(Collectors.collectingAndThen(Collectors.toList(), (all) -> Json.array().addAll(all)));
    }

}
