package pregao.gateway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells where requests came from. What a header says of it is believed only as far as
 * trusted proxies wrote it: read from the right, up to the first address that is none of
 * theirs.
 */
@Component
public class ClientAddressResolver {

    private static final String ATTRIBUTE = ClientAddress.class.getName();

    private static final String HOPS = "X-Forwarded-For";

    private static final String SCHEMES = "X-Forwarded-Proto";

    private final List<CidrRange> trusted;

    ClientAddressResolver(TrustedProxyProperties settings) {
        this.trusted = settings.trustedProxies();
    }

    /**
     * The caller of a request, the same however often it is asked for.
     * @param exchange the request
     * @return where it came from
     */
    public ClientAddress of(ServerWebExchange exchange) {
        ClientAddress clientAddress = exchange.getAttribute(ATTRIBUTE);
        if (clientAddress != null) {
            return clientAddress;
        }
        ClientAddress found = find(exchange.getRequest());
        exchange.getAttributes().put(ATTRIBUTE, found);
        return found;
    }

    private ClientAddress find(ServerHttpRequest request) {
        InetSocketAddress remote = Objects.requireNonNull(request.getRemoteAddress());
        InetAddress sender = remote.getAddress();
        boolean secure = request.getSslInfo() != null;
        if (!isTrusted(sender)) {
            return ClientAddress.of(sender, secure);
        }
        String scheme = last(request.getHeaders().getOrEmpty(SCHEMES));
        return ClientAddress.of(resolveForwarded(sender, request.getHeaders().getOrEmpty(HOPS)),
                secure || "https".equalsIgnoreCase(scheme));
    }

    private InetAddress resolveForwarded(InetAddress sender, List<String> headers) {
        List<String> hops = List.of(String.join(",", headers).split(",", -1));
        InetAddress nearest = sender;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
            InetAddress hop = address(hops.get(i).strip());
            if (hop == null) {
                return nearest; // beyond this nobody who is trusted says anything
                                // sensible
            }
            nearest = hop;
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        for (CidrRange network : this.trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Some proxies write the port too. */
    private static @Nullable InetAddress address(String hop) {
        boolean hasPort = hop.indexOf(':') == hop.lastIndexOf(':') || hop.startsWith("[");
        int end = hop.startsWith("[") ? hop.indexOf(']') : hop.indexOf(':');
        String text = (hasPort && end > 0) ? hop.substring(hop.startsWith("[") ? 1 : 0, end) : hop;
        try {
            return InetAddress.ofLiteral(text);
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static @Nullable String last(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        String all = headers.getLast();
        return all.substring(all.lastIndexOf(',') + 1).strip();
    }

}
