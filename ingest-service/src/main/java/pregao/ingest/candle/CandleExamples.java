package pregao.ingest.candle;

/**
 * Examples for readers of the OpenAPI document.
 */
final class CandleExamples {

    static final String ENVELOPE = """
            {"items":[{"symbol":"EURUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.0855,"high":1.0857,\
            "low":1.0854,"close":1.0856,"volume":150,"spread":2}]}""";

    static final String ARRAY = """
            [{"symbol":"EURUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.0855,"high":1.0857,\
            "low":1.0854,"close":1.0856,"volume":150,"spread":2},\
            {"symbol":"GBPUSD","timeframe":"M1","ts":"2025-10-20T03:00:00Z","open":1.2850,"high":1.2852,\
            "low":1.2849,"close":1.2851,"volume":120,"spread":2}]""";

    static final String ANSWER = """
            {"ok":true,"received":1,"inserted":1,"updated":0,"duplicates":0,"rejected":0,"details":[\
            {"symbol":"EURUSD","timeframe":"M1","ts_original":"2025-10-20T03:00:00Z",\
            "ts_bucket":"2025-10-20T03:00:00Z","status":"inserted"}]}""";

    private CandleExamples() {
    }

}
