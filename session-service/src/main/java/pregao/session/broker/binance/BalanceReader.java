package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.TradingMode;

/**
 * Parser for the balances in a response of {@code GET /v3/account}.
 */
final class BalanceReader {

    private BalanceReader() {
    }

    /**
     * Parses the balances of an account.
     * @param response the response of {@code /v3/account}
     * @param mode the trading mode of the account
     * @return one balance per asset, with free plus locked as its amount
     */
    static List<Balance> parseBalances(JsonNode response, TradingMode mode) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode node : response.path("balances")) {
            String asset = node.path("asset").asString("");
            BigDecimal free = JsonTrees.parseDecimal(node.path("free"));
            BigDecimal amount = free.add(JsonTrees.parseDecimal(node.path("locked")));
            // Binance has no balance ids; the hash of the asset's name is a stable one.
            balances.add(new Balance(Integer.toUnsignedLong(asset.hashCode()), mode, asset, amount, free));
        }
        return balances;
    }

}
