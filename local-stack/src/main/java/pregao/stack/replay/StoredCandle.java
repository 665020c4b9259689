package pregao.stack.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;

import tools.jackson.databind.JsonNode;

import pregao.contracts.Price;

/**
 * The prices of one candle, of a file or as the service answered them.
 *
 * @param openTime epoch milliseconds
 * @param open units of 1e-8
 * @param high units of 1e-8
 * @param low units of 1e-8
 * @param close units of 1e-8
 */
record StoredCandle(long openTime, long open, long high, long low, long close) {

    /**
     * Reads a candle.
     * @param json with ts, open, high, low, close
     * @return the candle
     */
    static StoredCandle of(JsonNode json) {
        return new StoredCandle(OffsetDateTime.parse(json.path("ts").asString("")).toInstant().toEpochMilli(),
                price(json, "open"), price(json, "high"), price(json, "low"), price(json, "close"));
    }

    private static long price(JsonNode json, String name) {
        return Price.of(new BigDecimal(json.path(name).asString("")));
    }

    @Override
    public String toString() {
        return "%s %s %s %s %s".formatted(Instant.ofEpochMilli(this.openTime), Price.toText(this.open),
                Price.toText(this.high), Price.toText(this.low), Price.toText(this.close));
    }

}
