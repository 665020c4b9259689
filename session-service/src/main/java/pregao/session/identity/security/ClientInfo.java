package pregao.session.identity.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

import pregao.contracts.service.InternalHeader;

/**
 * From where a request came.
 *
 * @param address the caller's, as the gateway says, or else the connection's
 * @param agent what the caller calls its program
 */
public record ClientInfo(String address, String agent) {

    private static final int MAX_AGENT_LENGTH = 200;

    private static final int NETWORK_BYTES = 8;

    private static final String UNKNOWN = "unknown";

    /**
     * Nobody from outside: the service itself.
     * @return a caller without an address
     */
    public static ClientInfo service() {
        return new ClientInfo("", "");
    }

    /**
     * The caller of a request.
     * @param request the request
     * @return its last hop before the gateway
     */
    public static ClientInfo of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String forwarded = headers.getFirst(InternalHeader.FORWARDED_FOR);
        InetAddress address = (forwarded != null) ? parseAddress(forwarded.substring(forwarded.lastIndexOf(',') + 1))
                : null;
        InetSocketAddress peer = request.getRemoteAddress();
        if (address == null && peer != null) {
            address = peer.getAddress();
        }
        String agent = Objects.requireNonNullElse(headers.getFirst(HttpHeaders.USER_AGENT), "").strip();
        return new ClientInfo((address != null) ? address.getHostAddress() : UNKNOWN,
                agent.substring(0, Math.min(agent.length(), MAX_AGENT_LENGTH)));
    }

    /**
     * What one household or office has in common: an IPv4 address, or the first half of
     * an IPv6 one, of which anybody has as many as they like.
     * @return a name for it
     */
    public String network() {
        InetAddress ipAddress = parseAddress(this.address);
        if (ipAddress instanceof Inet6Address ipv6Address) {
            return HexFormat.of().formatHex(Arrays.copyOf(ipv6Address.getAddress(), NETWORK_BYTES));
        }
        return this.address;
    }

    private static @Nullable InetAddress parseAddress(String text) {
        try {
            return InetAddress.ofLiteral(text.strip());
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

}
