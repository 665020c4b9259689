package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import tools.jackson.databind.node.ArrayNode;

import pregao.market.backtest.Curve;
import pregao.market.option.OptionTrade;
import pregao.strategy.document.Json;

/**
 * What there was after options, in so few points that they can be drawn: each stands for
 * as many options, and says where it ended and how low it was.
 */
final class OptionCurve {

    private OptionCurve() {
    }

    static ArrayNode of(BigDecimal capital, List<OptionTrade> trades) {
        ArrayNode points = Json.object().putArray("equity");
        int each = Math.max(1, Math.ceilDiv(trades.size(), Curve.MOST));
        BigDecimal cash = capital;
        BigDecimal low = capital;
        for (int i = 0; i < trades.size(); i++) {
            cash = cash.add(trades.get(i).settlement().profit());
            low = (i % each == 0) ? cash : low.min(cash);
            if (i % each == each - 1 || i == trades.size() - 1) {
                points.addObject()
                    .put("time", Instant.ofEpochMilli(trades.get(i).entry().until()).toString())
                    .put("equity", Json.plain(cash))
                    .put("low", Json.plain(low));
            }
        }
        return points;
    }

}
