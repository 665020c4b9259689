package pregao.strategy.rule;

import pregao.contracts.Timeframe;
import pregao.market.rule.Strategy;
import tools.jackson.databind.JsonNode;

public final class StrategyJson {

    private StrategyJson() {
    }

    public static Strategy read(JsonNode node) {
        return Strategy.rsi(Timeframe.M1);
    }

}
