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
 * REST controller of users: the current user, and all users for admins, which the
 * security configuration enforces.
 */
@RestController
@RequestMapping("/api/users")
@SecurityRequirement(name = "token")
class UserController {

    private static final int MAX_USERS = 1000;

    private final UserRepository users;

    private final UserAdministrationService administration;

    private final UserErasureService erasure;

    UserController(UserRepository users, UserAdministrationService administration, UserErasureService erasure) {
        this.users = users;
        this.administration = administration;
        this.erasure = erasure;
    }

    @GetMapping("/me")
    @Operation(operationId = "getCurrentUser", summary = "Returns the current user")
    Mono<RegisterController.UserResponse> getCurrentUser(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.users.findById(user.id()).map(RegisterController.UserResponse::of);
    }

    @PostMapping("/me/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "eraseCurrentUser", summary = "Erases your user permanently; confirm your password")
    Mono<Void> eraseCurrentUser(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestBody PasswordConfirmationRequest body, ServerHttpRequest request) {
        return this.administration
            .reauthenticate(user.id(), Objects.requireNonNullElse(body.password(), ""), ClientInfo.of(request))
            .then(Mono.defer(() -> this.erasure.erase(user.id(), user.id())));
    }

    @GetMapping
    @Operation(operationId = "listUsers", summary = "Lists all users; for admins")
    Mono<UsersResponse> listUsers() {
        return this.users.findAll(MAX_USERS)
            .map(RegisterController.UserResponse::of)
            .collectList()
            .map(UsersResponse::new);
    }

    @PostMapping("/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createInvitation", summary = "Creates an invitation, shown once; for admins",
            description = "A second request with the same `Idempotency-Key` is 409: the invitation cannot be shown again.")
    Mono<InvitationResponse> invite(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
            @RequestBody(required = false) @Nullable CreateInvitationRequest body, ServerHttpRequest request) {
        String roleText = (body != null && body.role() != null) ? body.role() : Role.TRADER.text();
        return this.administration.invite(IdempotencyKey.deriveId(user, "invitations", idempotencyKey),
                parseRoles(List.of(roleText), "role").iterator().next(), user.id(), ClientInfo.of(request));
    }

    @PutMapping("/{id}/roles")
    @Operation(operationId = "updateRoles", summary = "Updates the roles of a user; for admins")
    Mono<RegisterController.UserResponse> updateRoles(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody UpdateRolesRequest body, ServerHttpRequest request) {
        Set<Role> roles = parseRoles(Objects.requireNonNullElse(body.roles(), List.of()), "roles");
        return this.administration.setRoles(id, roles, user.id(), ClientInfo.of(request))
            .map(RegisterController.UserResponse::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "eraseUser", summary = "Erases a user permanently; for admins")
    Mono<Void> eraseUser(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id) {
        return this.erasure.erase(id, user.id());
    }

    private static Set<Role> parseRoles(List<String> roleTexts, String field) {
        FieldValidator validator = new FieldValidator();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roleTexts.forEach((text) -> Role.parse(String.valueOf(text)).ifPresent(roles::add));
        validator.require(!roles.isEmpty() && roles.size() == roleTexts.size(), field, "trader, admin");
        validator.check();
        return roles;
    }

    /**
     * Request with the password that confirms an operation.
     *
     * @param password the password of the user
     */
    record PasswordConfirmationRequest(@Nullable String password) {

        @Override
        public String toString() {
            return "PasswordConfirmationRequest[hidden]";
        }

    }

    /**
     * Request to create an invitation.
     *
     * @param role the role of the invited user; trader if null
     */
    record CreateInvitationRequest(@Nullable String role) {

    }

    /**
     * Response with an invitation.
     *
     * @param invitation the invitation to send with the registration
     * @param role the role of the invited user
     * @param expiresAt the time when the invitation expires
     */
    record InvitationResponse(String invitation, String role, Instant expiresAt) {

        @Override
        public String toString() {
            return "InvitationResponse[hidden]";
        }

    }

    /**
     * Request to update roles.
     *
     * @param roles all roles of the user
     */
    record UpdateRolesRequest(@Nullable List<String> roles) {

    }

    /**
     * Response with users.
     *
     * @param items the users, ordered by time of registration
     */
    record UsersResponse(List<RegisterController.UserResponse> items) {

    }

}
