package pregao.gateway.client;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Proxies that are trusted to forward client addresses.
 *
 * @param trustedProxies the addresses, or ranges such as {@code 10.0.0.0/8}, of the
 * proxies in front of the gateway; none by default
 */
@ConfigurationProperties("pregao")
record TrustedProxyProperties(@DefaultValue List<CidrRange> trustedProxies) {

    TrustedProxyProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }

}
