package pregao.session.identity.user;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.IdempotencyKey;
import pregao.session.identity.security.Role;
import pregao.webapi.problem.FieldValidator;

/**
 * {@code /api/users}: oneself, and everybody for admins, whom alone the rules of access
 * let in.
 */
@RestController
@RequestMapping("/api/users")
@SecurityRequirement(name = "token")
class UserController {

    private static final int MAX_COUNT = 1000;

    private final UserRepository people;

    private final UserAdministrationService administration;

    private final UserErasureService erasure;

    UserController(UserRepository people, UserAdministrationService administration, UserErasureService erasure) {
        this.people = people;
        this.administration = administration;
        this.erasure = erasure;
    }

    @GetMapping("/me")
    @Operation(operationId = "getCurrentUser", summary = "Returns the current user")
    Mono<RegisterController.UserResponse> me(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.people.withId(person.id()).map(RegisterController.UserResponse::of);
    }

    @PostMapping("/me/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "eraseCurrentUser", summary = "Erases your user permanently; confirm your password")
    Mono<Void> eraseMe(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestBody PasswordConfirmationRequest proof, ServerHttpRequest request) {
        return this.administration
            .reauthenticate(person.id(), Objects.requireNonNullElse(proof.password(), ""), ClientInfo.of(request))
            .then(Mono.defer(() -> this.erasure.erase(person.id(), person.id())));
    }

    @GetMapping
    @Operation(operationId = "listUsers", summary = "Lists all users; for admins")
    Mono<UsersResponse> users() {
        return this.people.all(MAX_COUNT)
            .map(RegisterController.UserResponse::of)
            .collectList()
            .map(UsersResponse::new);
    }

    @PostMapping("/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createInvitation", summary = "Creates an invitation, shown once; for admins",
            description = "A second request with the same `Idempotency-Key` is 409: the invitation cannot be shown again.")
    Mono<InvitationResponse> invite(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable CreateInvitationRequest invite, ServerHttpRequest request) {
        String text = (invite != null && invite.role() != null) ? invite.role() : Role.TRADER.text();
        return this.administration.invite(IdempotencyKey.id(person, "invitations", key),
                roles(List.of(text), "role").iterator().next(), person.id(), ClientInfo.of(request));
    }

    @PutMapping("/{id}/roles")
    @Operation(operationId = "updateRoles", summary = "Updates the roles of a user; for admins")
    Mono<RegisterController.UserResponse> setRoles(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID id, @RequestBody UpdateRolesRequest wanted, ServerHttpRequest request) {
        Set<Role> roles = roles(Objects.requireNonNullElse(wanted.roles(), List.of()), "roles");
        return this.administration.setRoles(id, roles, person.id(), ClientInfo.of(request))
            .map(RegisterController.UserResponse::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "eraseUser", summary = "Erases a user permanently; for admins")
    Mono<Void> erase(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id) {
        return this.erasure.erase(id, person.id());
    }

    private static Set<Role> roles(List<String> texts, String field) {
        FieldValidator fields = new FieldValidator();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        texts.forEach((text) -> Role.of(String.valueOf(text)).ifPresent(roles::add));
        fields.require(!roles.isEmpty() && roles.size() == texts.size(), field, "trader, admin");
        fields.check();
        return roles;
    }

    /**
     * What is sent to be sure.
     *
     * @param password the caller's
     */
    record PasswordConfirmationRequest(@Nullable String password) {

        @Override
        public String toString() {
            return "PasswordConfirmationRequest[hidden]";
        }

    }

    /**
     * Whom to invite.
     *
     * @param role what they will be; trader where nothing is said
     */
    record CreateInvitationRequest(@Nullable String role) {

    }

    /**
     * The answer.
     *
     * @param invitation to be sent with the registration
     * @param role what they will be
     * @param expiresAt until when it is good
     */
    record InvitationResponse(String invitation, String role, Instant expiresAt) {

        @Override
        public String toString() {
            return "InvitationResponse[hidden]";
        }

    }

    /**
     * Which roles.
     *
     * @param roles all of them
     */
    record UpdateRolesRequest(@Nullable List<String> roles) {

    }

    /**
     * The answer.
     *
     * @param items in the order in which they came
     */
    record UsersResponse(List<RegisterController.UserResponse> items) {

    }

}
