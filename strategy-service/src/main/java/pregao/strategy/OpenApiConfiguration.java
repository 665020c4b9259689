package pregao.strategy;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

/**
 * The title, description and security scheme of the OpenAPI document.
 */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(info = @Info(title = "Pregão: strategy", version = "1",
        description = "The catalogue, backtests, bots and the ledger of orders. Everything is its owner's only. Errors are "
                + "problem details (RFC 9457): 400 nothing can be read, 401, 403 a scope is missing, 404 also for what is "
                + "somebody else's, 422 fields are wrong, 429 and 503 with Retry-After."))
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
        description = "The access token of a login, or an API key through the gateway")
class OpenApiConfiguration {

}
