package pregao.webapi.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Services that may call this service.
 *
 * @param callerKeys the public keys of the callers: comma-separated {@code name:key}
 * pairs, each key P-256, X.509 in Base64; a service may have several keys
 */
@ConfigurationProperties("pregao")
public record CallerProperties(@DefaultValue("") String callerKeys) {

}
