package pregao.gateway.client;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Origins whose pages may read responses.
 *
 * @param allowedOrigins the origins, such as {@code https://desk.example}; none by
 * default
 */
@ConfigurationProperties("pregao.cors")
record CorsProperties(@DefaultValue List<String> allowedOrigins) {

    CorsProperties {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

}
