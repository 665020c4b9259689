package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * What a pair did in the last 24 hours.
 *
 * @param pair which
 * @param day all that was traded, as one candle
 * @param before the last price before that
 * @param quantity of the last trade, and the best prices'
 */
record Ticker(Pair pair, Klines.Kline day, BigDecimal before, BigDecimal quantity) {

    private static final long DAY = 86_400;

    static Ticker of(Pair pair, PriceGenerator prices, Klines klines, long now) {
        long start = now + 1 - DAY;
        return new Ticker(pair, klines.between(pair, start, now + 1), pair.decimal(prices.at(pair, start - 1)),
                prices.quantity(pair, now));
    }

    /**
     * What {@code ticker/24hr} answers.
     * @param mini whether only the most important is wanted
     * @return an element
     */
    ObjectNode json(boolean mini) {
        ObjectNode json = Json.object().put("symbol", this.pair.symbol());
        if (!mini) {
            json.put("priceChange", Decimals.decimal(change()))
                .put("priceChangePercent", percent())
                .put("weightedAvgPrice", Decimals.decimal(average()))
                .put("prevClosePrice", Decimals.decimal(this.before))
                .put("lastQty", Decimals.decimal(this.quantity))
                .put("bidPrice", Decimals.decimal(this.day.close().subtract(this.pair.tick())))
                .put("bidQty", Decimals.decimal(this.quantity))
                .put("askPrice", Decimals.decimal(this.day.close().add(this.pair.tick())))
                .put("askQty", Decimals.decimal(this.quantity));
        }
        return json.put("lastPrice", Decimals.decimal(this.day.close()))
            .put("openPrice", Decimals.decimal(this.day.open()))
            .put("highPrice", Decimals.decimal(this.day.high()))
            .put("lowPrice", Decimals.decimal(this.day.low()))
            .put("volume", Decimals.decimal(this.day.volume()))
            .put("quoteVolume", Decimals.decimal(this.day.value()))
            .put("openTime", this.day.start() * 1000)
            .put("closeTime", this.day.end())
            .put("firstId", this.day.start())
            .put("lastId", this.day.next() - 1)
            .put("count", DAY);
    }

    /**
     * What the stream says.
     * @param event with its kind and time
     * @return the same event
     */
    ObjectNode event(ObjectNode event) {
        return event.put("p", Decimals.decimal(change()))
            .put("P", percent())
            .put("w", Decimals.decimal(average()))
            .put("x", Decimals.decimal(this.before))
            .put("c", Decimals.decimal(this.day.close()))
            .put("Q", Decimals.decimal(this.quantity))
            .put("b", Decimals.decimal(this.day.close().subtract(this.pair.tick())))
            .put("B", Decimals.decimal(this.quantity))
            .put("a", Decimals.decimal(this.day.close().add(this.pair.tick())))
            .put("A", Decimals.decimal(this.quantity))
            .put("o", Decimals.decimal(this.day.open()))
            .put("h", Decimals.decimal(this.day.high()))
            .put("l", Decimals.decimal(this.day.low()))
            .put("v", Decimals.decimal(this.day.volume()))
            .put("q", Decimals.decimal(this.day.value()))
            .put("O", this.day.start() * 1000)
            .put("C", this.day.end())
            .put("F", this.day.start())
            .put("L", this.day.next() - 1)
            .put("n", DAY);
    }

    private BigDecimal change() {
        return this.day.close().subtract(this.day.open());
    }

    private String percent() {
        return change().multiply(BigDecimal.valueOf(100))
            .divide(this.day.open(), 3, RoundingMode.HALF_UP)
            .toPlainString();
    }

    private BigDecimal average() {
        return this.day.value().divide(this.day.volume(), MathContext.DECIMAL64);
    }

}
