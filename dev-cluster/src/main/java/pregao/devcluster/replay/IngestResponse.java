package pregao.devcluster.replay;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service says about the items of a request, or of many.
 *
 * @param received how many it read
 * @param inserted new candles
 * @param updated candles that replaced another
 * @param duplicates items that were there
 * @param rejected items that it refused
 * @param reasons why, the first few
 */
public record IngestResponse(long received, long inserted, long updated, long duplicates, long rejected,
        List<String> reasons) {

    /** Of no request. */
    public static final IngestResponse NONE = new IngestResponse(0, 0, 0, 0, 0, List.of());

    private static final int FEW = 5;

    private static final JsonMapper JSON = JsonMapper.shared();

    public IngestResponse {
        reasons = reasons.stream().limit(FEW).toList();
    }

    /**
     * Reads an answer.
     * @param body JSON with counts
     * @param items how many were sent, which is what was received where the answer does
     * not say
     * @return the counts
     * @throws IllegalArgumentException where the body is no JSON object
     */
    static IngestResponse parse(String body, int items) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        }
        catch (JacksonException ex) {
            throw new IllegalArgumentException("not JSON: " + shortened(body), ex);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("not a JSON object: " + shortened(body));
        }
        return new IngestResponse(root.path("received").asLong(items), root.path("inserted").asLong(0),
                root.path("updated").asLong(0), root.path("duplicates").asLong(0), root.path("rejected").asLong(0),
                reasons(root));
    }

    private static List<String> reasons(JsonNode root) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode detail : root.path("details")) {
            if ("rejected".equals(detail.path("status").asString("")) && reasons.size() < FEW) {
                reasons.add("%s %s: %s".formatted(detail.path("symbol").asString("?"),
                        detail.path("ts_original").asString("?"), detail.path("reason").asString("no reason given")));
            }
        }
        for (JsonNode error : root.path("errors")) {
            if (reasons.size() < FEW) {
                reasons.add(error.toString());
            }
        }
        return reasons;
    }

    private static String shortened(String body) {
        return (body.length() > 200) ? body.substring(0, 200) + "…" : body;
    }

    /**
     * Both together.
     * @param other of other requests
     * @return the sums
     */
    public IngestResponse plus(IngestResponse other) {
        List<String> both = new ArrayList<>(this.reasons);
        both.addAll(other.reasons);
        return new IngestResponse(this.received + other.received, this.inserted + other.inserted,
                this.updated + other.updated, this.duplicates + other.duplicates, this.rejected + other.rejected, both);
    }

}
