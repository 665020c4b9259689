package pregao.indicators.instruments;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An instrument with stored candles.
 *
 * @param feed the feed
 * @param symbol the symbol
 * @param timeframes the timeframes with candles, shortest first
 * @param firstTs the open time of the first candle
 * @param lastTs the open time of the last candle
 */
record InstrumentResponse(String feed, String symbol, List<String> timeframes,
        @JsonProperty("first_ts") Instant firstTs, @JsonProperty("last_ts") Instant lastTs) {

    InstrumentResponse {
        timeframes = List.copyOf(timeframes);
    }

}
