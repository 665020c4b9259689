package pregao.session.identity.key;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.feed.FeedRepository;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.IdempotencyKey;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.totp.Reauthentication;
import pregao.session.identity.user.UserRepository;
import pregao.session.outbox.OutboxRepository;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/keys}: one's own API keys.
 */
@RestController
@RequestMapping("/api/keys")
@SecurityRequirement(name = "token")
class KeyController {

    private static final String PREFIX = "pregao_";

    private static final int HINT = PREFIX.length() + 4;

    private static final int MAX_COUNT = 100;

    private static final int LONGEST_LABEL = 100;

    private final ApiKeyRepository keys;

    private final FeedRepository feeds;

    private final UserRepository people;

    private final Reauthentication reauthentication;

    private final OutboxRepository outbox;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    private final Clock clock;

    KeyController(ApiKeyRepository keys, FeedRepository feeds, UserRepository people, Reauthentication reauthentication,
            OutboxRepository outbox, AuditLog events, TransactionalOperator transactions, Clock clock) {
        this.keys = keys;
        this.feeds = feeds;
        this.people = people;
        this.reauthentication = reauthentication;
        this.outbox = outbox;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listApiKeys", summary = "Lists your API keys, without their secrets")
    Mono<ApiKeysResponse> keys(@AuthenticationPrincipal AuthenticatedUser person) {
        return this.keys.living(person.id()).collectList().map(ApiKeysResponse::new);
    }

    @PostMapping
    @Operation(operationId = "createApiKey",
            summary = "Creates an API key, shown once; to write, you must own the feed",
            description = "The scope trade requires your password and, with TOTP enabled, a code. "
                    + "A second request with the same `Idempotency-Key` is 409 with the id of the key, which cannot be "
                    + "shown again.")
    Mono<ResponseEntity<CreatedApiKeyResponse>> make(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody CreateApiKeyRequest wish, ServerHttpRequest request) {
        UUID id = IdempotencyKey.id(person, "keys", key);
        FieldValidator fields = new FieldValidator();
        String label = fields.text("label", wish.label(), LONGEST_LABEL);
        String feed = fields.text("feed", wish.feed(), LONGEST_LABEL);
        Set<Scope> scopes = scopes(fields, wish);
        fields.check();
        String text = PREFIX + OpaqueToken.random().text();
        ApiKeyRepository.ApiKeySummary made = ApiKeyRepository.ApiKeySummary.of(id, label, text.substring(0, HINT),
                feed, scopes, this.clock.instant());
        ClientInfo caller = ClientInfo.of(request);
        return proven(person, scopes, wish, caller)
            .then(this.transactions.transactional(add(person, ApiKey.hash(text), made, scopes, caller)))
            .then(Mono.fromSupplier(() -> made(made, text)));
    }

    /** A stolen token of five minutes must not become a key that trades for ever. */
    private Mono<Void> proven(AuthenticatedUser person, Set<Scope> scopes, CreateApiKeyRequest wish,
            ClientInfo caller) {
        return scopes.contains(Scope.TRADE)
                ? this.reauthentication.prove(person.id(), wish.password(), wish.code(), caller).then() : Mono.empty();
    }

    private Mono<Void> add(AuthenticatedUser person, String hash, ApiKeyRepository.ApiKeySummary key, Set<Scope> scopes,
            ClientInfo caller) {
        return mayUse(person, key.feed(), scopes).then(this.people.lock(person.id()))
            .then(this.keys.living(person.id()).count())
            .filter((count) -> count < MAX_COUNT)
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition.conflict("too-many", "You have %d keys".formatted(MAX_COUNT))
                        .asException()))
            .flatMap((count) -> this.keys.add(hash, person.id(), key))
            .filter((added) -> added)
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition
                        .conflict("key-made",
                                "Key %s was made with this Idempotency-Key. Revoke it, and make another one"
                                    .formatted(key.id()))
                        .asException()))
            .then(this.events.own(AuditEventType.KEY_MADE, person.id(), caller, key.id().toString()));
    }

    private ResponseEntity<CreatedApiKeyResponse> made(ApiKeyRepository.ApiKeySummary key, String text) {
        this.outbox.trigger();
        return ResponseEntity.status(HttpStatus.CREATED)
            .cacheControl(CacheControl.noStore())
            .body(new CreatedApiKeyResponse(key.id(), text, key.label(), key.feed(), key.scopes(), key.createdAt()));
    }

    private Mono<Void> mayUse(AuthenticatedUser person, String feed, Set<Scope> scopes) {
        return this.feeds.named(feed)
            .filter((ownedFeed) -> !scopes.contains(Scope.INGEST) || ownedFeed.mayBeWrittenBy(person))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .invalidFields(List
                    .of(new FieldViolation("feed", "a feed that is there, and yours where the scope is ingest")))
                .asException()))
            .then();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeApiKey", summary = "Revokes one of your API keys, effective within a second")
    Mono<Void> revoke(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            ServerHttpRequest request) {
        return this.transactions
            .transactional(this.keys.revoke(id, person.id())
                .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
                .then(this.events.own(AuditEventType.KEY_REVOKED, person.id(), ClientInfo.of(request), id.toString())))
            .doOnSuccess((done) -> this.outbox.trigger());
    }

    private static Set<Scope> scopes(FieldValidator fields, CreateApiKeyRequest wish) {
        List<String> texts = Objects.requireNonNullElse(wish.scopes(), List.of());
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(Scope.values()).filter((scope) -> texts.contains(scope.text())).forEach(scopes::add);
        fields.require(!scopes.isEmpty() && scopes.size() == texts.size(), "scopes",
                "some of ingest, read, research, trade");
        return scopes;
    }

    /**
     * What is sent.
     *
     * @param label what its owner calls it
     * @param feed the one feed it is for
     * @param scopes what it may do
     * @param password the caller's, where the key may trade
     * @param code of their app, where it may trade and codes are asked for
     */
    record CreateApiKeyRequest(@Nullable String label, @Nullable String feed, @Nullable List<String> scopes,
            @Nullable String password, @Nullable String code) {

        @Override
        public String toString() {
            return "CreateApiKeyRequest[hidden]";
        }

    }

    /**
     * The answer.
     *
     * @param id by which to revoke it
     * @param key the key itself, which is shown this once
     * @param label what its owner calls it
     * @param feed the one feed it is for
     * @param scopes what it may do
     * @param createdAt when it was made
     */
    record CreatedApiKeyResponse(UUID id, String key, String label, String feed, List<String> scopes,
            Instant createdAt) {

        @Override
        public String toString() {
            return "CreatedApiKeyResponse[" + this.id + "]";
        }

    }

    /**
     * The answer.
     *
     * @param items the oldest first
     */
    record ApiKeysResponse(List<ApiKeyRepository.ApiKeySummary> items) {

    }

}
