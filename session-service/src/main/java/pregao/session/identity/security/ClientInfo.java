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
 * Client that sent a request.
 *
 * @param address the client address according to the gateway, or else of the connection
 * @param agent the user agent
 */
public record ClientInfo(String address, String agent) {

    private static final int MAX_AGENT_LENGTH = 200;

    private static final int NETWORK_BYTES = 8;

    private static final String UNKNOWN = "unknown";

    /**
     * Returns the client for actions of the service itself.
     * @return a client without an address
     */
    public static ClientInfo service() {
        return new ClientInfo("", "");
    }

    /**
     * Returns the client of a request.
     * @param request the request
     * @return the last forwarded address, or else the address of the connection
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
     * Returns the network that a household or office shares: an IPv4 address, or the
     * first 64 bits of an IPv6 address, because anyone can use as many addresses of an
     * IPv6 network as they like.
     * @return the key of the network
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
