package pregao.ingest.tick;

/**
 * Examples for readers of the OpenAPI document.
 */
final class TickExamples {

    static final String REQUEST = """
            {"ticks":[{"symbol":"EURUSD","ts":"2025-10-20T03:01:10.123Z","bid":1.0855,"ask":1.0857},\
            {"symbol":"EURUSD","ts":"2025-10-20T03:01:15.456Z","bid":1.0856,"ask":1.0858}]}""";

    static final String ANSWER = """
            {"ok":true,"received":1,"duplicates":0,"rejected":0,"details":[{"symbol":"EURUSD",\
            "ts_original":"2025-10-20T03:01:10.123Z","ts_bucket":"2025-10-20T03:01:00Z","status":"received"}]}""";

    private TickExamples() {
    }

}
