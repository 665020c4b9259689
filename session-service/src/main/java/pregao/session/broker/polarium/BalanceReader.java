package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.TradingMode;

/**
 * Reader for the balances of the user.
 */
final class BalanceReader {

    private static final int REAL = 1;

    private static final int DEMO = 4;

    private static final int TOURNAMENT = 2;

    private final ReconnectingWebSocket webSocket;

    private final PolariumTimeouts timeouts;

    BalanceReader(ReconnectingWebSocket webSocket, PolariumTimeouts timeouts) {
        this.webSocket = webSocket;
        this.timeouts = timeouts;
    }

    /**
     * Fetches the balances with the call of Polarium's own library. If the broker doesn't
     * know that call, falls back to the one of older clients.
     * @return all balances
     */
    Mono<List<Balance>> fetchBalances() {
        return call("balances.get-available-balances", createBody(REAL, DEMO)).filter(JsonNode::isArray)
            .onErrorResume(RpcRejectedException.class, (rejection) -> Mono.empty())
            .switchIfEmpty(Mono.defer(this::fetchFromLegacyCall))
            .map(BalanceReader::parseBalances);
    }

    private Mono<JsonNode> fetchFromLegacyCall() {
        ObjectNode body = createBody(REAL, DEMO, TOURNAMENT);
        body.putArray("tournaments_statuses_ids").add(3).add(2);
        return call("internal-billing.get-balances", body);
    }

    private Mono<JsonNode> call(String name, ObjectNode body) {
        return this.webSocket.call(RpcRequest.of(name, "1.0", body, this.timeouts.call()));
    }

    private static ObjectNode createBody(int... types) {
        ObjectNode body = JsonTrees.createObject();
        var typeIds = body.putArray("types_ids");
        for (int type : types) {
            typeIds.add(type);
        }
        return body;
    }

    private static List<Balance> parseBalances(JsonNode response) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode node : response) {
            TradingMode mode = switch (node.path("type").asInt(0)) {
                case REAL -> TradingMode.REAL;
                case DEMO -> TradingMode.DEMO;
                default -> TradingMode.OTHER;
            };
            BigDecimal amount = node.path("amount").asDecimal(BigDecimal.ZERO);
            balances
                .add(new Balance(node.path("id").asLong(0), mode, node.path("currency").asString(""), amount, amount));
        }
        return balances;
    }

}
