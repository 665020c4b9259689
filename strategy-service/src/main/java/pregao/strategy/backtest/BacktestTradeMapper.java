package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Prices;
import pregao.market.option.OptionTrade;
import pregao.market.spot.Trade;
import pregao.strategy.json.ExactJson;

/**
 * Maps trades of reports to JSON.
 */
final class BacktestTradeMapper {

    private BacktestTradeMapper() {
    }

    static List<String> spotTradesToJson(List<Trade> trades, int maxTrades) {
        return trades.stream().limit(maxTrades).map((trade) -> ExactJson.write(toJson(trade))).toList();
    }

    static List<String> optionTradesToJson(List<OptionTrade> trades, int maxTrades) {
        return trades.stream().limit(maxTrades).map((trade) -> ExactJson.write(toJson(trade))).toList();
    }

    private static ObjectNode toJson(Trade trade) {
        return ExactJson.createObject()
            .put("side", trade.isLong() ? "long" : "short")
            .put("opened_at", toIsoTime(trade.openedAt()))
            .put("entry", toPrice(trade.entry()))
            .put("closed_at", toIsoTime(trade.closedAt()))
            .put("exit", toPrice(trade.exit()))
            .put("quantity", toPrice(trade.quantity()))
            .put("fees", toPrice(trade.fees()))
            .put("profit", toPrice(trade.profit()))
            .put("reason", toWord(trade.reason()))
            .put("ambiguous", trade.ambiguous());
    }

    private static ObjectNode toJson(OptionTrade trade) {
        return ExactJson.createObject()
            .put("block", toIsoTime(trade.entry().block()))
            .put("level", trade.entry().level())
            .put("direction", toWord(trade.entry().direction()))
            .put("opened_at", toIsoTime(trade.entry().at()))
            .put("closed_at", toIsoTime(trade.entry().until()))
            .put("strike", toPrice(trade.strike()))
            .put("close", toPrice(trade.close()))
            .put("stake", ExactJson.normalize(trade.entry().stake()))
            .put("result", toWord(trade.settlement().result()))
            .put("profit", ExactJson.normalize(trade.settlement().profit()));
    }

    private static String toIsoTime(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static BigDecimal toPrice(long units) {
        return ExactJson.normalize(Prices.toDecimal(units));
    }

    private static String toWord(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

}
