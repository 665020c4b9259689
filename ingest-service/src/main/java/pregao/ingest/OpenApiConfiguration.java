package pregao.ingest;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

/**
 * General information and security schemes of the OpenAPI document.
 */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "Pregão: ingest", version = "1",
        description = "Takes candles and ticks, answers item by item. Errors are problem details (RFC 9457): "
                + "400 nothing can be read, 401, 403, 413 send halves, 415, 422 every item was rejected, "
                + "429 and 503 with Retry-After."))
@SecurityScheme(name = "api-key", type = SecuritySchemeType.APIKEY, in = SecuritySchemeIn.HEADER,
        paramName = "X-API-Key", description = "A key with the scope ingest; Authorization: Bearer works too")
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
        description = "The access token of the feed's owner or of an admin")
class OpenApiConfiguration {

}
