package pregao.ingest.quarantine;

/**
 * Examples for readers of the OpenAPI document.
 */
final class QuarantineExamples {

    static final String RELEASED = """
            {"id":7,"state":"released","median":1.0429,"neighbours":20,"received_at":"2025-02-13T07:26:00.5Z",\
            "released_at":"2025-02-13T09:00:00Z","candle":{"feed":"mt5","symbol":"EURUSD","timeframe":"M1",\
            "ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1043,"low":1.04282,"close":1.04295,"volume":168,\
            "spread":5,"spread_unit":"points","final":true,"source":"given","revision":1}}""";

    static final String PAGE = """
            {"feed":"mt5","state":"held","items":[{"id":7,"state":"held","median":1.0429,"neighbours":20,\
            "received_at":"2025-02-13T07:26:00.5Z","released_at":null,"candle":{"feed":"mt5","symbol":"EURUSD",\
            "timeframe":"M1","ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1043,"low":1.04282,"close":1.04295,\
            "volume":168,"spread":5,"spread_unit":"points","final":true,"source":"given","revision":0}}],\
            "next":null}""";

    private QuarantineExamples() {
    }

}
