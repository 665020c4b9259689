package pregao.session.broker.ingest;

import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A mapper of JSON bodies and of responses of ingest.
 */
final class IngestResponseMapper {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    static {
        // On first use, Jackson builds its serializers and parsers under a lock, which an
        // event loop must not wait for.
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
     * Returns the counts of a response.
     * @param status the HTTP status
     * @param body the body
     * @param sent the number of candles in the request
     * @return the counts; if the whole request was rejected, all candles are rejected
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
     * Returns whether the same request may succeed later. That includes 401, because
     * ingest learns of a new API key only after a moment.
     * @param status the HTTP status
     * @return true if a retry is useful
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
