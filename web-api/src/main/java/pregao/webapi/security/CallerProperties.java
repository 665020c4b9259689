package pregao.webapi.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which services may call this one.
 *
 * @param callerKeys their public keys: {@code name:key} with commas between, each key
 * P-256, X.509 in Base64; a service may have several
 */
@ConfigurationProperties("pregao")
public record CallerProperties(@DefaultValue("") String callerKeys) {

}
