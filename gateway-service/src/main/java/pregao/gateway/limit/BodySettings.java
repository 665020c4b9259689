package pregao.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a body may be.
 *
 * @param max as it comes over the wire; compressed ones are measured again inside
 */
@ConfigurationProperties("pregao.body")
record BodySettings(@DefaultValue("1MB") DataSize max) {

}
