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
 * Trades of reports as JSON.
 */
final class BacktestTradeMapper {

    private BacktestTradeMapper() {
    }

    static List<String> spot(List<Trade> trades, int most) {
        return trades.stream().limit(most).map((trade) -> ExactJson.text(of(trade))).toList();
    }

    static List<String> options(List<OptionTrade> trades, int most) {
        return trades.stream().limit(most).map((trade) -> ExactJson.text(of(trade))).toList();
    }

    private static ObjectNode of(Trade trade) {
        return ExactJson.object()
            .put("side", trade.isLong() ? "long" : "short")
            .put("opened_at", time(trade.openedAt()))
            .put("entry", price(trade.entry()))
            .put("closed_at", time(trade.closedAt()))
            .put("exit", price(trade.exit()))
            .put("quantity", price(trade.quantity()))
            .put("fees", price(trade.fees()))
            .put("profit", price(trade.profit()))
            .put("reason", word(trade.reason()))
            .put("ambiguous", trade.ambiguous());
    }

    private static ObjectNode of(OptionTrade trade) {
        return ExactJson.object()
            .put("block", time(trade.entry().block()))
            .put("level", trade.entry().level())
            .put("direction", word(trade.entry().direction()))
            .put("opened_at", time(trade.entry().at()))
            .put("closed_at", time(trade.entry().until()))
            .put("strike", price(trade.strike()))
            .put("close", price(trade.close()))
            .put("stake", ExactJson.plain(trade.entry().stake()))
            .put("result", word(trade.settlement().result()))
            .put("profit", ExactJson.plain(trade.settlement().profit()));
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    private static BigDecimal price(long units) {
        return ExactJson.plain(Prices.toDecimal(units));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

}
