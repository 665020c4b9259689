package pregao.gateway.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.springframework.web.server.ServerWebExchange;

/**
 * Trace context of a request (W3C {@code traceparent}): the client's, or a new random
 * one. It is forwarded, so that all services report the same trace ID.
 */
public final class TraceParent {

    /** The name of the header. */
    public static final String HEADER = "traceparent";

    private static final Pattern PATTERN = Pattern
        .compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE_ID_START = 3;

    private static final int TRACE_ID_END = 35;

    private TraceParent() {
    }

    /**
     * Returns the trace context of a request. The result is cached in the exchange.
     * @param exchange the exchange
     * @return the value of the header
     */
    public static String resolve(ServerWebExchange exchange) {
        String cached = exchange.getAttribute(HEADER);
        if (cached != null) {
            return cached;
        }
        String header = exchange.getRequest().getHeaders().getFirst(HEADER);
        String traceParent = (header != null && PATTERN.matcher(header).matches()) ? header : generate();
        exchange.getAttributes().put(HEADER, traceParent);
        return traceParent;
    }

    static String resolveTraceId(ServerWebExchange exchange) {
        return resolve(exchange).substring(TRACE_ID_START, TRACE_ID_END);
    }

    private static String generate() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()) + '-'
                + hex.toHexDigits(random.nextLong()) + "-00";
    }

}
