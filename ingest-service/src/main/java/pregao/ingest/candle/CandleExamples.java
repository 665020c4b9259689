package pregao.ingest.candle;

/**
 * Examples for the OpenAPI document.
 */
final class CandleExamples {

    static final String DESCRIPTION = """
            At most 5,000 candles and 4 MiB a request, after inflation; more is 413. 429 and 503 name the seconds to wait \
            in Retry-After. Each candle is judged on its own: prices with up to 8 decimals, volume up to 1e26 a minute, \
            times as ISO 8601 or seconds or milliseconds of the years 2000 to 2099, symbols of 1 to 32 letters and digits \
            of any script, blanks inside, and ._#/+&-$@!^~()'. A spread with a fraction is in price units; a whole number \
            is points, converted by digits, else its unit is unknown. Items inherit symbol, timeframe, times, digits and \
            spread_unit from the object around their array (items, candles, bars, rates, data, ticks).""";

    static final String ENVELOPE = """
            {"items":[{"symbol":"EURUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.0855,"high":1.0857,\
            "low":1.0854,"close":1.0856,"volume":150,"spread":2}]}""";

    static final String ARRAY = """
            [{"symbol":"EURUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.0855,"high":1.0857,\
            "low":1.0854,"close":1.0856,"volume":150,"spread":2},\
            {"symbol":"GBPUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.2850,"high":1.2852,\
            "low":1.2849,"close":1.2851,"volume":120,"spread":2}]""";

    static final String RESPONSE = """
            {"ok":true,"received":1,"inserted":1,"updated":0,"duplicates":0,"rejected":0,"details":[\
            {"symbol":"EURUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
            "ts_bucket":"2025-10-20T03:00:00Z","status":"inserted"}]}""";

    private CandleExamples() {
    }

}
