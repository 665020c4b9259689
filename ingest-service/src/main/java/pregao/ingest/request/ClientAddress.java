package pregao.ingest.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

import pregao.contracts.service.InternalHeader;

/**
 * Address of the client of a request: the address of the peer, or the forwarded address
 * that the gateway declares. {@code ForwardedHeaders} removes the header unless the token
 * of the gateway or of another replica accompanies it.
 */
final class ClientAddress {

    private static final int MAX_LENGTH = 64;

    private ClientAddress() {
    }

    /**
     * Returns the address of the client.
     * @param request the request
     * @return the address, or null if an internal peer declares none
     */
    static @Nullable String resolve(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        InetAddress address = (peer != null) ? peer.getAddress() : null;
        if (address == null) {
            return null;
        }
        String forwarded = request.getHeaders().getFirst(InternalHeader.FORWARDED_FOR);
        if (forwarded == null) {
            boolean internal = address.isLoopbackAddress() || address.isSiteLocalAddress();
            return internal ? null : address.getHostAddress();
        }
        String clientAddress = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return (clientAddress.isEmpty() || clientAddress.length() > MAX_LENGTH) ? null : clientAddress;
    }

}
