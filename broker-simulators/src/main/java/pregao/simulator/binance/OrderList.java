package pregao.simulator.binance;

import java.util.List;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * Two orders of which only one is done: once one begins to be, the other expires.
 *
 * @param id the broker's number
 * @param clientId the user's name
 * @param orders the two
 * @param created epoch milliseconds
 */
record OrderList(long id, String clientId, List<Order> orders, long created) {

    boolean isOpen() {
        return this.orders.stream().anyMatch(Order::isOpen);
    }

    Order other(Order order) {
        return (this.orders.getFirst() == order) ? this.orders.getLast() : this.orders.getFirst();
    }

    /**
     * What is answered of it.
     * @return without reports of the orders
     */
    ObjectNode json() {
        ObjectNode json = Json.object()
            .put("orderListId", this.id)
            .put("contingencyType", "OCO")
            .put("listStatusType", isOpen() ? "EXEC_STARTED" : "ALL_DONE")
            .put("listOrderStatus", isOpen() ? "EXECUTING" : "ALL_DONE")
            .put("listClientOrderId", this.clientId)
            .put("transactionTime", this.created)
            .put("symbol", this.orders.getFirst().pair().symbol());
        ArrayNode arrayNode = json.putArray("orders");
        this.orders.forEach((order) -> arrayNode.addObject()
            .put("symbol", order.pair().symbol())
            .put("orderId", order.id())
            .put("clientOrderId", order.wish().clientId()));
        return json;
    }

    /**
     * What users are told of it.
     * @param now epoch milliseconds
     * @return a {@code listStatus}
     */
    ObjectNode event(long now) {
        ObjectNode event = Json.object()
            .put("e", "listStatus")
            .put("E", now)
            .put("s", this.orders.getFirst().pair().symbol())
            .put("g", this.id)
            .put("c", "OCO")
            .put("l", isOpen() ? "EXEC_STARTED" : "ALL_DONE")
            .put("L", isOpen() ? "EXECUTING" : "ALL_DONE")
            .put("r", "NONE")
            .put("C", this.clientId)
            .put("T", now);
        ArrayNode arrayNode = event.putArray("O");
        this.orders.forEach((order) -> arrayNode.addObject()
            .put("s", order.pair().symbol())
            .put("i", order.id())
            .put("c", order.wish().clientId()));
        return event;
    }

}
