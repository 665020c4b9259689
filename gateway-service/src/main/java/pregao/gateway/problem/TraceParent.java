package pregao.gateway.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.springframework.web.server.ServerWebExchange;

/**
 * The W3C trace header of a request: the caller's, or a new one; passed on, so that every
 * service tells the same trace id.
 */
public final class TraceParent {

    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int ID_BEGIN = 3;

    private static final int ID_END = 35;

    private TraceParent() {
    }

    /**
     * The header of a request, the same however often it is asked for.
     * @param exchange the request
     * @return the header's value
     */
    public static String of(ServerWebExchange exchange) {
        String known = exchange.getAttribute(HEADER);
        if (known != null) {
            return known;
        }
        String given = exchange.getRequest().getHeaders().getFirst(HEADER);
        String parent = (given != null && FORM.matcher(given).matches()) ? given : random();
        exchange.getAttributes().put(HEADER, parent);
        return parent;
    }

    static String traceId(ServerWebExchange exchange) {
        return of(exchange).substring(ID_BEGIN, ID_END);
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()) + '-'
                + hex.toHexDigits(random.nextLong()) + "-00";
    }

}
