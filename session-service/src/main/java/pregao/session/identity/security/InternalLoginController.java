package pregao.session.identity.security;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /internal/logins}: whether a login or an API key is good still, for services
 * where its token moves money. Only other services come here.
 */
@RestController
@RequestMapping("/internal/logins")
@Hidden
class InternalLoginController {

    private final ActiveLoginAuthenticationConverter converter;

    InternalLoginController(ActiveLoginAuthenticationConverter converter) {
        this.converter = converter;
    }

    @GetMapping("/{id}")
    Mono<LoginStatusResponse> getStatus(@PathVariable String id, @RequestParam UUID person) {
        return this.converter.isActive(id, person).map(LoginStatusResponse::new);
    }

    /**
     * What is known.
     *
     * @param alive whether it is good still
     */
    record LoginStatusResponse(boolean alive) {

    }

}
