package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import tools.jackson.databind.node.ArrayNode;

import pregao.market.backtest.EquityCurve;
import pregao.market.option.OptionTrade;
import pregao.strategy.json.ExactJson;

/**
 * Maps the equity after each option to JSON, reduced to at most
 * {@link EquityCurve#MAX_COUNT} points. Each point covers the same number of options and
 * has their last and their lowest equity.
 */
final class OptionEquityCurve {

    private OptionEquityCurve() {
    }

    static ArrayNode of(BigDecimal capital, List<OptionTrade> trades) {
        ArrayNode points = ExactJson.createObject().putArray("equity");
        int tradesPerPoint = Math.max(1, Math.ceilDiv(trades.size(), EquityCurve.MAX_COUNT));
        BigDecimal cash = capital;
        BigDecimal low = capital;
        for (int i = 0; i < trades.size(); i++) {
            cash = cash.add(trades.get(i).settlement().profit());
            low = (i % tradesPerPoint == 0) ? cash : low.min(cash);
            if (i % tradesPerPoint == tradesPerPoint - 1 || i == trades.size() - 1) {
                points.addObject()
                    .put("time", Instant.ofEpochMilli(trades.get(i).entry().until()).toString())
                    .put("equity", ExactJson.normalize(cash))
                    .put("low", ExactJson.normalize(low));
            }
        }
        return points;
    }

}
