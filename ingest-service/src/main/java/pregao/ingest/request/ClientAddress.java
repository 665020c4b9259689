package pregao.ingest.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

import pregao.contracts.service.InternalHeader;

/**
 * Where a request comes from: the peer, or what the gateway says of its own peer, which
 * only its token makes believable.
 */
final class ClientAddress {

    private static final int MAX_LENGTH = 64;

    private ClientAddress() {
    }

    /**
     * The address of the client.
     * @param request a request
     * @return the address, or null for a peer within the installation that names none
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
