package pregao.ingest.tick;

/**
 * Examples for the OpenAPI document.
 */
final class TickExamples {

    static final String DESCRIPTION = """
            At most 10,000 ticks and 8 MiB a request, after inflation; more is 413. 429 and 503 name the seconds to wait in \
            Retry-After. Each tick is judged on its own: prices with up to 8 decimals, volume up to 1e26, times as ISO 8601 \
            or seconds or milliseconds of the years 2000 to 2099, symbols of 1 to 32 letters and digits of any script, \
            blanks inside, and ._#/+&-$@!^~()'. On a feed of last trades a bid or ask of 0 is unknown.""";

    static final String REQUEST = """
            {"ticks":[{"symbol":"EURUSD","ts":"2025-10-20T03:01:10.123Z","bid":1.0855,"ask":1.0857},\
            {"symbol":"EURUSD","ts":"2025-10-20T03:01:15.456Z","bid":1.0856,"ask":1.0858}]}""";

    static final String RESPONSE = """
            {"ok":true,"received":1,"duplicates":0,"rejected":0,"details":[{"symbol":"EURUSD",\
            "ts_original":"2025-10-20T03:01:10.123Z","ts_bucket":"2025-10-20T03:01:00Z","status":"received"}]}""";

    private TickExamples() {
    }

}
