package pregao.simulator.polarium;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * Calls that clients of the broker make although they trade options only: about one
 * instrument, about the currency, and about products that are not sold here, of which
 * there is nothing to list.
 */
final class AuxiliaryRpcHandler {

    /** By the last part of a call's name, the field of the answer that lists nothing. */
    private static final Map<String, String> LISTS = Map.of("get-orders", "orders", "get-top-assets", "data",
            "get-underlying-list", "underlying", "get-instruments", "instruments", "get-marginal-balances", "items",
            "get-overnight-fee", "items");

    private final SimulatedBroker broker;

    AuxiliaryRpcHandler(SimulatedBroker broker) {
        this.broker = broker;
    }

    /**
     * Answers a call.
     * @param name the last part of its name
     * @param body what it asks
     * @return the answer; null where the call is not known here
     * @throws RpcErrorException where the broker does not want it
     */
    @Nullable RpcResponse answer(String name, JsonNode body) throws RpcErrorException {
        String list = LISTS.get(name);
        if (list != null) {
            return new RpcResponse(name.substring("get-".length()), empty(list, body));
        }
        return switch (name) {
            case "get-active" -> new RpcResponse("active", active(body));
            case "get-currency" -> new RpcResponse("currency", currency(body));
            case "get-marginal-balance" -> throw new RpcErrorException(4040, "there is no marginal balance");
            case "place-digital-option" ->
                new RpcResponse("digital-option-placed", Json.object().put("message", "active_suspended"));
            case "close-position" -> throw new RpcErrorException(4040, "position not found");
            default -> null;
        };
    }

    private static ObjectNode empty(String list, JsonNode body) {
        ObjectNode nothing = Json.object();
        nothing.putArray(list);
        for (String field : List.of("instrument_type", "type")) {
            if (body.has(field)) {
                nothing.set(field, body.path(field));
            }
        }
        return nothing.put("limit", body.path("limit").asInt(0)).put("total", 0);
    }

    private ObjectNode active(JsonNode body) throws RpcErrorException {
        Asset asset = this.broker.market().asset(body.path("id").asInt(0));
        if (asset == null) {
            throw new RpcErrorException(4040, "active not found");
        }
        return Json.object()
            .put("id", asset.id())
            .put("name", "front." + asset.ticker())
            .put("ticker", asset.ticker())
            .put("precision", asset.precision())
            .put("is_otc", asset.ticker().endsWith("-OTC"));
    }

    private static ObjectNode currency(JsonNode body) {
        String name = body.path("name").asString(Wallet.CURRENCY);
        return Json.object()
            .put("name", name)
            .put("description", name)
            .put("symbol", name.equals(Wallet.CURRENCY) ? "R$" : name)
            .put("mask", "%s")
            .put("is_visible", true)
            .put("unit", 1)
            .put("rate", 1)
            .put("min_deal_amount", Asset.LEAST_STAKE)
            .put("max_deal_amount", Asset.MOST_STAKE);
    }

    /**
     * What is answered.
     *
     * @param name of the reply
     * @param message in it
     */
    record RpcResponse(String name, ObjectNode message) {

    }

}
