package pregao.simulator.binance;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * Makes orders, and takes them back.
 */
final class OrderEndpoints {

    private static final Set<String> ANSWERS = Set.of("ACK", "RESULT", "FULL");

    private static final Set<String> FULL_BY_DEFAULT = Set.of("MARKET", "LIMIT");

    private final MatchingEngine desk;

    private final PublicEndpoints market;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long names;

    OrderEndpoints(MatchingEngine desk, PublicEndpoints market, Faults<Fault> faults, SimulatorClock clock) {
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
            case CANCEL -> cancel(account, parameters, "orderId", "origClientOrderId", "newClientOrderId");
            case CANCEL_ALL -> cancelAll(account, parameters);
            case REPLACE -> replace(account, parameters);
            case PAIR -> pair(account, parameters);
            case CANCEL_LIST -> cancelList(account, parameters);
            default -> throw new IllegalArgumentException(endpoint + " changes nothing");
        };
    }

    private JsonNode place(Account account, Parameters parameters) {
        before();
        String type = parameters.text("newOrderRespType");
        if (type != null && !ANSWERS.contains(type)) {
            throw new ApiErrorException(-1130, "Data sent for parameter 'newOrderRespType' is not valid.");
        }
        OrderRequest wish = wish(parameters);
        if (this.faults.strikes(Fault.FILTER_FAILURE)) {
            throw new ApiErrorException(-1013, "Filter failure: MAX_POSITION");
        }
        account.orders().take(this.clock.millis());
        Order order = placed(account, wish);
        after();
        return order.answer((type != null) ? type : FULL_BY_DEFAULT.contains(wish.type()) ? "FULL" : "ACK");
    }

    /** An order that is not taken does not count. */
    private Order placed(Account account, OrderRequest wish) {
        try {
            return this.desk.place(account, wish);
        }
        catch (ApiErrorException no) {
            account.orders().giveBack();
            throw no;
        }
    }

    private void before() {
        if (this.faults.strikes(Fault.DROP_BEFORE_ORDER)) {
            throw new NoResponseException(NoResponseException.Kind.HANG_UP);
        }
        if (this.faults.strikes(Fault.ERROR_BEFORE_ORDER)) {
            throw error();
        }
        if (this.faults.strikes(Fault.TIMEOUT_BEFORE_ORDER)) {
            throw timeout();
        }
        if (this.faults.strikes(Fault.NO_PERMISSION)) {
            throw new ApiErrorException(401, -2015, "Invalid API-key, IP, or permissions for action.", 0);
        }
    }

    private void after() {
        if (this.faults.strikes(Fault.DROP_AFTER_ORDER)) {
            throw new NoResponseException(NoResponseException.Kind.HANG_UP);
        }
        if (this.faults.strikes(Fault.RESET_AFTER_ORDER)) {
            throw new NoResponseException(NoResponseException.Kind.RESET);
        }
        if (this.faults.strikes(Fault.NO_REPLY)) {
            throw new NoResponseException(NoResponseException.Kind.STAY);
        }
        if (this.faults.strikes(Fault.ERROR_AFTER_ORDER)) {
            throw error();
        }
        if (this.faults.strikes(Fault.TIMEOUT_AFTER_ORDER)) {
            throw timeout();
        }
    }

    private OrderRequest wish(Parameters parameters) {
        Pair pair = open(parameters);
        return OrderRequest.of(parameters, name(), this.desk.price(pair), this.desk.average(pair));
    }

    private Pair open(Parameters parameters) {
        Pair pair = parameters.pair();
        if (this.market.isHalted(pair)) {
            throw new ApiErrorException(-2010, "Market is closed.");
        }
        return pair;
    }

    private String name() {
        return "simulator-" + ++this.names;
    }

    private ObjectNode cancel(Account account, Parameters parameters, String id, String original, String name) {
        Order order = found(this.desk, account, parameters, id, original);
        if (order == null || !order.isOpen()) {
            throw new ApiErrorException(-2011, "Unknown order sent.");
        }
        String restrictions = parameters.text("cancelRestrictions");
        if (restrictions != null && order.isNew() != restrictions.equals("ONLY_NEW")) {
            throw new ApiErrorException(-2011, "Order was not canceled due to cancel restrictions.");
        }
        String own = parameters.text(name);
        this.desk.cancel(order, (own == null) ? name() : own);
        return order.cancelled();
    }

    private ArrayNode cancelAll(Account account, Parameters parameters) {
        List<Order> open = this.desk.of(account, parameters.pair()).stream().filter(Order::isOpen).toList();
        if (open.isEmpty()) {
            throw new ApiErrorException(-2011, "Unknown order sent.");
        }
        ArrayNode arrayNode = Json.array();
        for (Order order : open) {
            if (order.isOpen()) {
                this.desk.cancel(order, name());
                OrderList list = order.list();
                arrayNode.add((list == null) ? order.cancelled() : withReports(list, true));
            }
        }
        return arrayNode;
    }

    private ObjectNode replace(Account account, Parameters parameters) {
        boolean stops = parameters.mandatory("cancelReplaceMode").equals("STOP_ON_FAILURE");
        ObjectNode data = Json.object();
        boolean cancelled = false;
        try {
            ObjectNode answer = cancel(account, parameters, "cancelOrderId", "cancelOrigClientOrderId",
                    "cancelNewClientOrderId");
            data.put("cancelResult", "SUCCESS").set("cancelResponse", answer);
            cancelled = true;
        }
        catch (ApiErrorException no) {
            data.put("cancelResult", "FAILURE").set("cancelResponse", no.json());
        }
        if (!cancelled && stops) {
            data.put("newOrderResult", "NOT_ATTEMPTED").putNull("newOrderResponse");
            throw new ApiErrorException(400, -2022, "Order cancel-replace failed.", data);
        }
        boolean made = false;
        try {
            JsonNode answer = place(account, parameters);
            data.put("newOrderResult", "SUCCESS").set("newOrderResponse", answer);
            made = true;
        }
        catch (ApiErrorException no) {
            data.put("newOrderResult", "FAILURE").set("newOrderResponse", no.json());
        }
        if (cancelled != made) {
            throw new ApiErrorException(409, -2021, "Order cancel-replace partially failed.", data);
        }
        if (!made) {
            throw new ApiErrorException(400, -2022, "Order cancel-replace failed.", data);
        }
        return data;
    }

    private JsonNode pair(Account account, Parameters parameters) {
        before();
        Pair pair = open(parameters);
        String name = name();
        List<OrderRequest> wishes = OrderRequest.oneCancelsTheOther(parameters, name, this.desk.price(pair),
                this.desk.average(pair));
        wishes.forEach((wish) -> account.orders().take(this.clock.millis()));
        String own = parameters.text("listClientOrderId");
        OrderList list = this.desk.place(account, (own == null) ? name : own, wishes);
        after();
        return withReports(list, false);
    }

    private JsonNode cancelList(Account account, Parameters parameters) {
        OrderList list = list(this.desk, account, parameters, "listClientOrderId");
        if (list == null || !list.isOpen()) {
            throw new ApiErrorException(-2011, "Unknown order list sent.");
        }
        String own = parameters.text("newClientOrderId");
        this.desk.cancel(list.orders().getFirst(), (own == null) ? name() : own);
        return withReports(list, true);
    }

    private static ObjectNode withReports(OrderList list, boolean cancelled) {
        ObjectNode json = list.json();
        ArrayNode reports = json.putArray("orderReports");
        list.orders().forEach((order) -> reports.add(cancelled ? order.cancelled() : order.answer("RESULT")));
        return json;
    }

    static @Nullable Order found(MatchingEngine desk, Account account, Parameters parameters, String id,
            String original) {
        if (!parameters.has(id) && !parameters.has(original)) {
            throw new ApiErrorException(-1102,
                    "Param '%s' or '%s' must be sent, but both were empty/null!".formatted(original, id));
        }
        return desk.find(account, parameters.pair(), parameters.number(id, 0), parameters.text(original));
    }

    static @Nullable OrderList list(MatchingEngine desk, Account account, Parameters parameters, String original) {
        if (!parameters.has("orderListId") && !parameters.has(original)) {
            throw new ApiErrorException(-1102,
                    "Param '%s' or 'orderListId' must be sent, but both were empty/null!".formatted(original));
        }
        OrderList orderList = null;
        for (OrderList list : desk.lists(account)) {
            if (list.id() == parameters.number("orderListId", 0) || list.clientId().equals(parameters.text(original))) {
                orderList = list;
            }
        }
        return orderList;
    }

    private static ApiErrorException error() {
        return new ApiErrorException(503, -1000, "Unknown error, please check your request or try again later.", 0);
    }

    private static ApiErrorException timeout() {
        return new ApiErrorException(500, -1007,
                "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", 0);
    }

}
