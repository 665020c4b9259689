package pregao.gateway.client;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may say where a request came from.
 *
 * @param trustedProxies addresses, or networks such as {@code 10.0.0.0/8}, of the proxies
 * in front of the gateway; none by default
 */
@ConfigurationProperties("pregao")
record TrustedProxyProperties(@DefaultValue List<CidrRange> trustedProxies) {

    TrustedProxyProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }

}
