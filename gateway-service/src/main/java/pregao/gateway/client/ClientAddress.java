package pregao.gateway.client;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Address of the client that sent a request.
 *
 * @param address the address of the client that connected to the first trusted proxy, or
 * to the gateway
 * @param secure whether the request came over TLS
 * @param network the key for rate limiting: the IPv4 address, or the first 64 bits of an
 * IPv6 address, because the client can choose the other half
 */
public record ClientAddress(String address, boolean secure, String network) {

    private static final int IPV6_BYTES = 16;

    static ClientAddress of(InetAddress address, boolean secure) {
        String text = address.getHostAddress();
        int zoneIndex = text.indexOf('%');
        String withoutZone = (zoneIndex < 0) ? text : text.substring(0, zoneIndex);
        return new ClientAddress(withoutZone, secure,
                (address.getAddress().length < IPV6_BYTES) ? withoutZone : formatPrefix(address.getAddress()));
    }

    private static String formatPrefix(byte[] address) {
        return HexFormat.of().formatHex(address, 0, IPV6_BYTES / 2);
    }

}
