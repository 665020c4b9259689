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
     * @param answer to {@code /v3/account}
     * @param account whose they are
     * @return one for each asset
     */
    static List<Balance> of(JsonNode answer, TradingMode account) {
        List<Balance> balances = new ArrayList<>();
        for (JsonNode node : answer.path("balances")) {
            String asset = node.path("asset").asString("");
            BigDecimal free = JsonTrees.decimal(node.path("free"));
            BigDecimal amount = free.add(JsonTrees.decimal(node.path("locked")));
            // The broker has no numbers of balances; the asset's name makes a stable one.
            balances.add(new Balance(Integer.toUnsignedLong(asset.hashCode()), account, asset, amount, free));
        }
        return balances;
    }

}
