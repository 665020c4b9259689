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
 * Internal REST controller that tells other services whether a login or an API key is
 * still active. They ask before a token moves money.
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
     * Response with the status of a login.
     *
     * @param alive whether the login or API key is active
     */
    record LoginStatusResponse(boolean alive) {

    }

}
