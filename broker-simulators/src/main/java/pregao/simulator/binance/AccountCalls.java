package pregao.simulator.binance;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * What the owner of a key may ask and do.
 */
final class AccountCalls {

    private static final int USUAL = 500;

    private final OrderDesk desk;

    private final PublicCalls market;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long names;

    AccountCalls(OrderDesk desk, PublicCalls market, Faults<Fault> faults, SimulatorClock clock) {
        this.desk = desk;
        this.market = market;
        this.faults = faults;
        this.clock = clock;
    }

    JsonNode answer(Endpoint endpoint, Account account, Parameters parameters) {
        return switch (endpoint) {
            case PLACE -> place(account, parameters);
            case TEST -> {
                wish(parameters);
                yield Json.object();
            }
            case ORDER -> {
                Order order = found(account, parameters);
                if (order == null || this.faults.strikes(Fault.ORDER_NOT_YET_KNOWN)) {
                    throw new Refusal(-2013, "Order does not exist.");
                }
                yield order.json();
            }
            case CANCEL -> cancel(account, parameters);
            case OPEN_ORDERS -> array(this.desk.of(account, parameters.has("symbol") ? parameters.pair() : null)
                .stream()
                .filter(Order::isOpen)
                .map(Order::json)
                .toList());
            case ALL_ORDERS ->
                array(latest(this.desk.of(account, parameters.pair()).stream().map(Order::json).toList(), parameters));
            case ACCOUNT -> account(account, Boolean.parseBoolean(parameters.text("omitZeroBalances")));
            case TRADES -> trades(account, parameters);
            case ORDER_COUNT -> Json.array();
            default -> throw new IllegalArgumentException(endpoint + " is for anybody");
        };
    }

    private JsonNode place(Account account, Parameters parameters) {
        if (this.faults.strikes(Fault.DROP_BEFORE_ORDER)) {
            throw new Silence(Silence.Kind.HANG_UP);
        }
        if (this.faults.strikes(Fault.ERROR_BEFORE_ORDER)) {
            throw error();
        }
        if (this.faults.strikes(Fault.TIMEOUT_BEFORE_ORDER)) {
            throw timeout();
        }
        if (this.faults.strikes(Fault.NO_PERMISSION)) {
            throw new Refusal(401, -2015, "Invalid API-key, IP, or permissions for action.", 0);
        }
        Wish wish = wish(parameters);
        if (this.faults.strikes(Fault.FILTER_FAILURE)) {
            throw new Refusal(-1013, "Filter failure: MAX_POSITION");
        }
        account.orders().take(this.clock.millis());
        Order order = this.desk.place(account, wish);
        if (this.faults.strikes(Fault.DROP_AFTER_ORDER)) {
            throw new Silence(Silence.Kind.HANG_UP);
        }
        if (this.faults.strikes(Fault.RESET_AFTER_ORDER)) {
            throw new Silence(Silence.Kind.RESET);
        }
        if (this.faults.strikes(Fault.NO_REPLY)) {
            throw new Silence(Silence.Kind.STAY);
        }
        if (this.faults.strikes(Fault.ERROR_AFTER_ORDER)) {
            throw error();
        }
        if (this.faults.strikes(Fault.TIMEOUT_AFTER_ORDER)) {
            throw timeout();
        }
        return order.full();
    }

    private Wish wish(Parameters parameters) {
        Pair pair = parameters.pair();
        if (this.market.isHalted(pair)) {
            throw new Refusal(-2010, "Market is closed.");
        }
        return Wish.of(parameters, "simulator-" + ++this.names, this.desk.price(pair));
    }

    private JsonNode cancel(Account account, Parameters parameters) {
        Order order = found(account, parameters);
        if (order == null || !order.isOpen()) {
            throw new Refusal(-2011, "Unknown order sent.");
        }
        this.desk.cancel(order);
        return order.full();
    }

    private @Nullable Order found(Account account, Parameters parameters) {
        if (!parameters.has("orderId") && !parameters.has("origClientOrderId")) {
            throw new Refusal(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        }
        return this.desk.find(account, parameters.pair(), parameters.number("orderId", 0),
                parameters.text("origClientOrderId"));
    }

    private static ObjectNode account(Account account, boolean withoutZeros) {
        ObjectNode json = Json.object()
            .put("canTrade", true)
            .put("canWithdraw", false)
            .put("canDeposit", false)
            .put("accountType", "SPOT")
            .put("uid", account.uid());
        json.putObject("commissionRates").put("maker", "0.00100000").put("taker", "0.00100000");
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

    private static Refusal error() {
        return new Refusal(503, -1000, "Unknown error, please check your request or try again later.", 0);
    }

    private static Refusal timeout() {
        return new Refusal(500, -1007,
                "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", 0);
    }

}
