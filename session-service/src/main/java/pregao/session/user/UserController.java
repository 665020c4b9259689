package pregao.session.user;

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

import pregao.session.access.Caller;
import pregao.session.access.IdempotencyKey;
import pregao.session.access.Person;
import pregao.session.access.Role;
import pregao.http.problem.Fields;

/**
 * {@code /api/users}: oneself, and everybody for admins, whom alone the rules of access
 * let in.
 */
@RestController
@RequestMapping("/api/users")
@SecurityRequirement(name = "token")
class UserController {

    private static final int MOST = 1000;

    private final People people;

    private final Administration administration;

    private final Erasure erasure;

    UserController(People people, Administration administration, Erasure erasure) {
        this.people = people;
        this.administration = administration;
        this.erasure = erasure;
    }

    @GetMapping("/me")
    @Operation(operationId = "me", summary = "Who you are")
    Mono<RegisterController.User> me(@AuthenticationPrincipal Person person) {
        return this.people.withId(person.id()).map(RegisterController.User::of);
    }

    @PostMapping("/me/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "eraseMe", summary = "Forgets you for ever; asks for your password again")
    Mono<Void> eraseMe(@AuthenticationPrincipal Person person, @RequestBody Proof proof, ServerHttpRequest request) {
        return this.administration
            .prove(person.id(), Objects.requireNonNullElse(proof.password(), ""), Caller.of(request))
            .then(Mono.defer(() -> this.erasure.erase(person.id(), person.id())));
    }

    @GetMapping
    @Operation(operationId = "users", summary = "Everybody; for admins")
    Mono<Users> users() {
        return this.people.all(MOST).map(RegisterController.User::of).collectList().map(Users::new);
    }

    @PostMapping("/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "invite", summary = "Makes an invitation, shown once; for admins",
            description = "A second request with the same `Idempotency-Key` is 409: the invitation cannot be shown again.")
    Mono<Invited> invite(@AuthenticationPrincipal Person person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Invite invite, ServerHttpRequest request) {
        String text = (invite != null && invite.role() != null) ? invite.role() : Role.TRADER.text();
        return this.administration.invite(IdempotencyKey.id(person, "invitations", key),
                roles(List.of(text), "role").iterator().next(), person.id(), Caller.of(request));
    }

    @PutMapping("/{id}/roles")
    @Operation(operationId = "setRoles", summary = "Gives somebody other roles; for admins")
    Mono<RegisterController.User> setRoles(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            @RequestBody Roles wanted, ServerHttpRequest request) {
        Set<Role> roles = roles(Objects.requireNonNullElse(wanted.roles(), List.of()), "roles");
        return this.administration.setRoles(id, roles, person.id(), Caller.of(request))
            .map(RegisterController.User::of);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "erase", summary = "Forgets somebody for ever; for admins")
    Mono<Void> erase(@AuthenticationPrincipal Person person, @PathVariable UUID id) {
        return this.erasure.erase(id, person.id());
    }

    private static Set<Role> roles(List<String> texts, String field) {
        Fields fields = new Fields();
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
    record Proof(@Nullable String password) {

        @Override
        public String toString() {
            return "Proof[hidden]";
        }

    }

    /**
     * Whom to invite.
     *
     * @param role what they will be; trader where nothing is said
     */
    record Invite(@Nullable String role) {

    }

    /**
     * The answer.
     *
     * @param invitation to be sent with the registration
     * @param role what they will be
     * @param expiresAt until when it is good
     */
    record Invited(String invitation, String role, Instant expiresAt) {

        @Override
        public String toString() {
            return "Invited[hidden]";
        }

    }

    /**
     * Which roles.
     *
     * @param roles all of them
     */
    record Roles(@Nullable List<String> roles) {

    }

    /**
     * The answer.
     *
     * @param items in the order in which they came
     */
    record Users(List<RegisterController.User> items) {

    }

}
