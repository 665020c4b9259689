package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.TradingMode;

/**
 * Reads the balances of an account.
 */
final class BalanceReader {

    private BalanceReader() {
    }

    /**
     * Reads them.
     * @param response to {@code /v3/account}
     * @param mode whose they are
     * @return one for each asset
     */
    static List<Balance> parseBalances(JsonNode response, TradingMode mode) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode node : response.path("balances")) {
            String asset = node.path("asset").asString("");
            BigDecimal free = JsonTrees.parseDecimal(node.path("free"));
            BigDecimal amount = free.add(JsonTrees.parseDecimal(node.path("locked")));
            // The broker has no numbers of balances; the asset's name makes a stable one.
            balances.add(new Balance(Integer.toUnsignedLong(asset.hashCode()), mode, asset, amount, free));
        }
        return balances;
    }

}
