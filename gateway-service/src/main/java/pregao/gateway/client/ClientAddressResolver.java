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
 * Resolver of client addresses. It reads {@code X-Forwarded-For} from right to left and
 * trusts it only as far as trusted proxies wrote it, up to the first address that is not
 * a trusted proxy.
 */
@Component
public class ClientAddressResolver {

    private static final String CLIENT_ADDRESS_ATTRIBUTE = ClientAddress.class.getName();

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final List<CidrRange> trustedProxies;

    ClientAddressResolver(TrustedProxyProperties settings) {
        this.trustedProxies = settings.trustedProxies();
    }

    /**
     * Returns the client address of a request. The result is cached in the exchange.
     * @param exchange the exchange
     * @return the client address
     */
    public ClientAddress resolve(ServerWebExchange exchange) {
        ClientAddress cached = exchange.getAttribute(CLIENT_ADDRESS_ATTRIBUTE);
        if (cached != null) {
            return cached;
        }
        ClientAddress address = computeAddress(exchange.getRequest());
        exchange.getAttributes().put(CLIENT_ADDRESS_ATTRIBUTE, address);
        return address;
    }

    private ClientAddress computeAddress(ServerHttpRequest request) {
        InetSocketAddress remote = Objects.requireNonNull(request.getRemoteAddress());
        InetAddress sender = remote.getAddress();
        boolean secure = request.getSslInfo() != null;
        if (!isTrusted(sender)) {
            return ClientAddress.of(sender, secure);
        }
        String scheme = findLastValue(request.getHeaders().getOrEmpty(FORWARDED_PROTO));
        return ClientAddress.of(resolveForwarded(sender, request.getHeaders().getOrEmpty(FORWARDED_FOR)),
                secure || "https".equalsIgnoreCase(scheme));
    }

    private InetAddress resolveForwarded(InetAddress sender, List<String> headers) {
        List<String> hops = List.of(String.join(",", headers).split(",", -1));
        InetAddress nearest = sender;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
            InetAddress hop = parseAddress(hops.get(i).strip());
            if (hop == null) {
                return nearest; // not an address: ignore it and everything before it
            }
            nearest = hop;
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        for (CidrRange range : this.trustedProxies) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Parses an address. Some proxies append the port. */
    private static @Nullable InetAddress parseAddress(String hop) {
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

    private static @Nullable String findLastValue(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        String header = headers.getLast();
        return header.substring(header.lastIndexOf(',') + 1).strip();
    }

}
