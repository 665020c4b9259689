package pregao.gateway.client;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where a request came from.
 *
 * @param address the address of whoever sent it to the first proxy that is trusted, or to
 * the gateway
 * @param secure whether it came over TLS
 * @param network what the address is counted as: of IPv6 the first half, since the other
 * half is the caller's to choose
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
