package pregao.ingest.quarantine;

/**
 * Examples for the OpenAPI document.
 */
final class QuarantineExamples {

    static final String RELEASED = """
            {"id":7,"state":"released","median":1.0429,"neighbours":20,"received_at":"2025-02-13T07:26:00.5Z",\
            "released_at":"2025-02-13T09:00:00Z","released_by":"maria","candle":{"feed":"mt5","symbol":"EURUSD","timeframe":"M1",\
            "ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1043,"low":1.04282,"close":1.04295,"volume":168,\
            "spread":5,"spread_unit":"points","final":true,"source":"given","revision":1}}""";

    static final String HELD = """
            {"id":7,"state":"held","median":1.0429,"neighbours":20,"received_at":"2025-02-13T07:26:00.5Z",\
            "released_at":null,"released_by":null,"candle":{"feed":"mt5","symbol":"EURUSD","timeframe":"M1",\
            "ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1043,"low":1.04282,"close":1.04295,"volume":168,\
            "spread":5,"spread_unit":"points","final":true,"source":"given","revision":0}}""";

    static final String PAGE = """
            {"feed":"mt5","state":"held","items":[{"id":7,"state":"held","median":1.0429,"neighbours":20,\
            "received_at":"2025-02-13T07:26:00.5Z","released_at":null,"released_by":null,"candle":{"feed":"mt5",\
            "symbol":"EURUSD","timeframe":"M1","ts":"2025-02-13T07:25:00Z","open":1.04295,"high":1043,"low":1.04282,"close":1.04295,\
            "volume":168,"spread":5,"spread_unit":"points","final":true,"source":"given","revision":0}}],\
            "next":null}""";

    static final String BULK = """
            {"symbol":"EURUSD","timeframe":"M1","from":"2025-02-13T00:00:00Z","to":"2025-02-14T00:00:00Z"}""";

    static final String BULK_RELEASED = """
            {"released":30,"requested":0,"not_yet":0,"remaining":0}""";

    static final String TICK = """
            {"id":8,"state":"held","pending":"release","price":1085,"median":1.085,"neighbours":20,\
            "received_at":"2025-02-13T07:25:20.5Z","released_at":null,"released_by":null,"undone_at":null,\
            "undone_by":null,"tick":{"feed":"mt5","symbol":"EURUSD","ts":"2025-02-13T07:25:20Z","seq":0,"bid":1085,\
            "ask":1085,"last":null,"volume":0,"flags":0}}""";

    private QuarantineExamples() {
    }

}
