package pregao.session.broker.ingest;

import java.time.Instant;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.session.broker.api.BrokerCandle;

/**
 * A candle of a broker in a request to ingest.
 *
 * @param symbol the symbol
 * @param timeframe the timeframe, which must match the duration of the candle
 * @param candle the candle
 * @param complete whether the candle is final
 */
public record CandlePayload(String symbol, Timeframe timeframe, BrokerCandle candle, boolean complete) {

    public CandlePayload {
        if (candle.seconds() * 1000L != timeframe.millis()) {
            throw new IllegalArgumentException("%s has not %d seconds".formatted(timeframe, candle.seconds()));
        }
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance.objectNode()
            .put("symbol", this.symbol)
            .put("timeframe", this.timeframe.name())
            .put("ts", Instant.ofEpochSecond(this.candle.from()).toString())
            .put("open", Prices.toText(this.candle.open()))
            .put("high", Prices.toText(this.candle.high()))
            .put("low", Prices.toText(this.candle.low()))
            .put("close", Prices.toText(this.candle.close()))
            .put("volume", this.candle.volume())
            .put("final", this.complete);
    }

}
