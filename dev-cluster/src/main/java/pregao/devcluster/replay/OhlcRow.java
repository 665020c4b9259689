package pregao.devcluster.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;

import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;

/**
 * The prices of one candle, of a file or as the service answered them.
 *
 * @param openTime epoch milliseconds
 * @param open units of 1e-8
 * @param high units of 1e-8
 * @param low units of 1e-8
 * @param close units of 1e-8
 */
record OhlcRow(long openTime, long open, long high, long low, long close) {

    /**
     * Reads a candle.
     * @param json with ts, open, high, low, close
     * @return the candle
     */
    static OhlcRow of(JsonNode json) {
        return new OhlcRow(OffsetDateTime.parse(json.path("ts").asString("")).toInstant().toEpochMilli(),
                price(json, "open"), price(json, "high"), price(json, "low"), price(json, "close"));
    }

    private static long price(JsonNode json, String name) {
        return Prices.of(new BigDecimal(json.path(name).asString("")));
    }

    @Override
    public String toString() {
        return "%s %s %s %s %s".formatted(Instant.ofEpochMilli(this.openTime), Prices.toText(this.open),
                Prices.toText(this.high), Prices.toText(this.low), Prices.toText(this.close));
    }

}
