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

    private static final int IPV6 = 16;

    static ClientAddress of(InetAddress address, boolean secure) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = (zone < 0) ? text : text.substring(0, zone);
        return new ClientAddress(plain, secure,
                (address.getAddress().length < IPV6) ? plain : half(address.getAddress()));
    }

    private static String half(byte[] address) {
        return HexFormat.of().formatHex(address, 0, IPV6 / 2);
    }

}
