package pregao.ingest.conflict;

/**
 * Examples for the OpenAPI document.
 */
final class ConflictExamples {

    static final String ACCEPTED = """
            {"id":7,"state":"accepted","times":2,"first_seen":"2025-02-13T07:26:00.5Z",\
            "last_seen":"2025-02-13T07:27:00.5Z","accepted_at":"2025-02-13T09:00:00Z","accepted_by":"maria",\
            "candle":{"feed":"mt5","symbol":"EURUSD","timeframe":"M1","ts":"2025-02-13T07:25:00Z","open":1.04295,\
            "high":1.04311,"low":1.04282,"close":1.04301,"volume":171,"spread":5,"spread_unit":"points",\
            "final":true,"source":"given","revision":2}}""";

    static final String PAGE = """
            {"feed":"mt5","state":"open","items":[{"id":7,"state":"open","times":2,\
            "first_seen":"2025-02-13T07:26:00.5Z","last_seen":"2025-02-13T07:27:00.5Z","accepted_at":null,\
            "accepted_by":null,"candle":{"feed":"mt5","symbol":"EURUSD","timeframe":"M1",\
            "ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1.04311,"low":1.04282,"close":1.04301,"volume":171,\
            "spread":5,"spread_unit":"points","final":true,"source":"given","revision":0}}],"next":null}""";

    private ConflictExamples() {
    }

}
