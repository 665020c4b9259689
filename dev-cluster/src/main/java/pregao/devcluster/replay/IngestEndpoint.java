package pregao.devcluster.replay;

import java.util.List;

/**
 * Where items are posted, and how a request wraps them.
 */
public enum IngestEndpoint {

    /** Candles. */
    CANDLES("/ingest", "items"),
    /** Ticks. */
    TICKS("/ingest/tick", "ticks");

    /** The most items of a request that are taken. */
    public static final int MOST_ITEMS = 1000;

    private final String path;

    private final String envelope;

    IngestEndpoint(String path, String envelope) {
        this.path = path;
        this.envelope = envelope;
    }

    /**
     * The path of the request.
     * @return from the root
     */
    public String path() {
        return this.path;
    }

    /**
     * The body of a request.
     * @param items JSON objects
     * @return a JSON object
     */
    public String body(List<String> items) {
        return "{\"" + this.envelope + "\":[" + String.join(",", items) + "]}";
    }

}
