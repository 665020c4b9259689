package pregao.gateway.route;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers that are meant for one connection only and not for what comes behind it
 * (RFC 9110, 7.6.1).
 */
final class HopByHopHeaders {

    private static final Set<String> STANDARD_HEADERS = Set.of("connection", "keep-alive", "proxy-authenticate",
            "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private HopByHopHeaders() {
    }

    /**
     * Their names.
     * @param headers of a message, which may name more of them
     * @return in small letters
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
