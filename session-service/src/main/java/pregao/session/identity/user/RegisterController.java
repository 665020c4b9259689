package pregao.session.identity.user;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.password.PasswordRules;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.Role;
import pregao.session.identity.token.OpaqueToken;
import pregao.webapi.problem.FieldValidator;

/**
 * REST controller that registers users.
 */
@RestController
class RegisterController {

    private static final int MAX_INVITATION_LENGTH = 100;

    private final RegistrationService registration;

    RegisterController(RegistrationService registration) {
        this.registration = registration;
    }

    @PostMapping("/api/auth/register")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "register", summary = "Registers a user; open to everyone, or by invitation",
            description = "The response is the same if the address is registered already: then nothing changes, "
                    + "and its password is still the one of before. Log in next: if that is refused, the address has "
                    + "another password, and an admin can make a link to set a new one. An invitation is used up in "
                    + "both cases.")
    Mono<Registered> register(@RequestBody RegisterRequest body, ServerHttpRequest request) {
        FieldValidator validator = new FieldValidator();
        String email = Email.check(validator, body.email());
        PasswordRules.check(validator, "password", body.password(), email);
        OpaqueToken invitation = (body.invitation() != null)
                ? new OpaqueToken(validator.text("invitation", body.invitation(), MAX_INVITATION_LENGTH)) : null;
        validator.check();
        return this.registration.register(email, String.valueOf(body.password()), invitation, ClientInfo.of(request))
            .thenReturn(new Registered(email));
    }

    /**
     * Request to register.
     *
     * @param email the email address to log in with
     * @param password the password, 15 to 128 characters that are not easy to guess
     * @param invitation the invitation, if one is required
     */
    record RegisterRequest(@Nullable String email, @Nullable String password, @Nullable String invitation) {

        @Override
        public String toString() {
            return "RegisterRequest[hidden]";
        }

    }

    /**
     * Response to a registration.
     *
     * @param email the email address to log in with
     */
    record Registered(String email) {

    }

    /**
     * User in a response.
     *
     * @param id the user ID
     * @param email the email address to log in with
     * @param roles the roles of the user
     * @param totp whether TOTP is enabled
     * @param createdAt the time of registration
     */
    record UserResponse(UUID id, String email, List<String> roles, boolean totp, Instant createdAt) {

        static UserResponse of(UserAccount account) {
            return new UserResponse(account.id(), account.email(), Role.toTexts(account.roles()), account.totpOn(),
                    account.createdAt());
        }

    }

}
