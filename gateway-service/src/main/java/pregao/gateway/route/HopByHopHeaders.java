package pregao.gateway.route;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Hop-by-hop headers, which apply to one connection only and must not be forwarded (RFC
 * 9110, section 7.6.1).
 */
final class HopByHopHeaders {

    private static final Set<String> STANDARD_HEADERS = Set.of("connection", "keep-alive", "proxy-authenticate",
            "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private HopByHopHeaders() {
    }

    /**
     * Finds the names of the hop-by-hop headers of a message.
     * @param headers the headers of the message, whose {@code Connection} header may name
     * more
     * @return the names in lower case
     */
    static Set<String> findNames(HttpHeaders headers) {
        List<String> connection = headers.getAll(HttpHeaderNames.CONNECTION);
        if (connection.isEmpty()) {
            return STANDARD_HEADERS;
        }
        Set<String> names = new HashSet<>(STANDARD_HEADERS);
        for (String value : connection) {
            for (String name : List.of(value.split(",", -1))) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

}
