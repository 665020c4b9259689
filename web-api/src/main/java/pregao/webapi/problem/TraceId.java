package pregao.webapi.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Trace ID that finds a request in logs and traces: the caller's, or a new random one.
 */
final class TraceId {

    static final String HEADER = "traceparent";

    private static final Pattern TRACE_PARENT = Pattern
        .compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceId() {
    }

    static String fromTraceParent(@Nullable String traceparent) {
        if (traceparent != null) {
            Matcher matcher = TRACE_PARENT.matcher(traceparent);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

}
