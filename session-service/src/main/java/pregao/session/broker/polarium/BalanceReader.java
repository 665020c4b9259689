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
 * The user's money, as the broker answers when asked.
 */
final class BalanceReader {

    private static final int REAL = 1;

    private static final int DEMO = 4;

    private static final int TOURNAMENT = 2;

    private final ReconnectingWebSocket link;

    private final PolariumTimeouts timeouts;

    BalanceReader(ReconnectingWebSocket link, PolariumTimeouts timeouts) {
        this.link = link;
        this.timeouts = timeouts;
    }

    /**
     * Asks as the broker's own library does, and where the broker does not know that, as
     * older clients do.
     * @return all balances
     */
    Mono<List<Balance>> all() {
        return asked("balances.get-available-balances", types(REAL, DEMO)).filter(JsonNode::isArray)
            .onErrorResume(RpcRejectedException.class, (refused) -> Mono.empty())
            .switchIfEmpty(Mono.defer(this::askedAsBefore))
            .map(BalanceReader::read);
    }

    private Mono<JsonNode> askedAsBefore() {
        ObjectNode body = types(REAL, DEMO, TOURNAMENT);
        body.putArray("tournaments_statuses_ids").add(3).add(2);
        return asked("internal-billing.get-balances", body);
    }

    private Mono<JsonNode> asked(String name, ObjectNode body) {
        return this.link.ask(RpcRequest.question(name, "1.0", body, this.timeouts.call()));
    }

    private static ObjectNode types(int... types) {
        ObjectNode body = JsonTrees.object();
        var ids = body.putArray("types_ids");
        for (int type : types) {
            ids.add(type);
        }
        return body;
    }

    private static List<Balance> read(JsonNode message) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode node : message) {
            TradingMode account = switch (node.path("type").asInt(0)) {
                case REAL -> TradingMode.REAL;
                case DEMO -> TradingMode.DEMO;
                default -> TradingMode.OTHER;
            };
            BigDecimal amount = node.path("amount").asDecimal(BigDecimal.ZERO);
            balances.add(new Balance(node.path("id").asLong(0), account, node.path("currency").asString(""), amount,
                    amount));
        }
        return balances;
    }

}
