package pregao.devcluster.marketgenerator;

import java.time.Instant;

/**
 * A minute of the random market's past, of mid prices.
 *
 * @param symbol whose
 * @param openTime epoch milliseconds
 * @param open twice the mid, units of the symbol's last decimal, as are the next three
 * @param high as {@code open}
 * @param low as {@code open}
 * @param close as {@code open}
 * @param volume quotes in it
 * @param spread in units of the last decimal, which are points
 */
record SimulatedCandle(SimulatedSymbol symbol, long openTime, long open, long high, long low, long close, long volume,
        long spread) {

    /**
     * The item of a request.
     * @return a JSON object
     */
    String json() {
        return ("{\"symbol\":\"%s\",\"timeframe\":\"M1\",\"final\":true,\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,"
                + "\"volume\":%d,\"spread\":%d,\"digits\":%d}")
            .formatted(this.symbol.name(), Instant.ofEpochMilli(this.openTime), half(this.open), half(this.high),
                    half(this.low), half(this.close), this.volume, this.spread, this.symbol.digits());
    }

    private String half(long twice) {
        return this.symbol.decimal(twice * 5).movePointLeft(1).stripTrailingZeros().toPlainString();
    }

}
