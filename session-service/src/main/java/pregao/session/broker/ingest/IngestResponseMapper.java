package pregao.session.broker.ingest;

import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What ingest's answers mean.
 */
final class IngestResponseMapper {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    static {
        // What Jackson makes at the first use it makes under a lock, for which a loop
        // must not wait.
        write(parse("{}"));
    }

    private IngestResponseMapper() {
    }

    static String write(JsonNode tree) {
        return JSON.writeValueAsString(tree);
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        }
        catch (JacksonException ex) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /**
     * What became of a request's candles.
     * @param status of the answer
     * @param body of the answer
     * @param sent how many candles there were
     * @return the counts; of a request that nobody wants, all refused
     */
    static IngestResult toResult(int status, JsonNode body, int sent) {
        if (status == 200 || body.has("rejected")) {
            long rejected = body.path("rejected").asLong(0);
            return new IngestResult(sent - rejected, rejected, (rejected > 0) ? firstRejectionReason(body) : "");
        }
        return new IngestResult(0, sent, status + " " + body.path("detail").asString(""));
    }

    private static String firstRejectionReason(JsonNode body) {
        for (JsonNode detail : body.path("details")) {
            if (detail.path("status").asString("").equals("rejected")) {
                return detail.path("symbol").asString("") + ' ' + detail.path("ts_original").asString("") + ": "
                        + detail.path("reason").asString("");
            }
        }
        return body.path("detail").asString("");
    }

    /**
     * Whether the same request may be taken later: a key that was just made is known to
     * ingest a moment later only.
     * @param status of the answer
     * @return true if it is worth trying again
     */
    static boolean isRetryable(int status) {
        return status == 401 || status == 408 || status == 429 || status >= 500;
    }

    static Duration parseRetryAfter(String header) {
        if (!header.matches("\\d{1,4}")) {
            return Duration.ZERO;
        }
        Duration delay = Duration.ofSeconds(Long.parseLong(header));
        return (delay.compareTo(MAX_RETRY_AFTER) > 0) ? MAX_RETRY_AFTER : delay;
    }

}
