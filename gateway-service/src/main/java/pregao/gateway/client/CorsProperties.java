package pregao.gateway.client;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages of other origins may call.
 *
 * @param allowedOrigins such as {@code https://desk.example}; none by default
 */
@ConfigurationProperties("pregao.cors")
record CorsProperties(@DefaultValue List<String> allowedOrigins) {

    CorsProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

}
