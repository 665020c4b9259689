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
 * REST controller of the API keys of the current user.
 */
@RestController
@RequestMapping("/api/keys")
@SecurityRequirement(name = "token")
class KeyController {

    private static final String PREFIX = "pregao_";

    private static final int HINT_LENGTH = PREFIX.length() + 4;

    private static final int MAX_KEYS_PER_USER = 100;

    private static final int MAX_LABEL_LENGTH = 100;

    private final ApiKeyRepository apiKeys;

    private final FeedRepository feeds;

    private final UserRepository users;

    private final Reauthentication reauthentication;

    private final OutboxRepository outbox;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    private final Clock clock;

    KeyController(ApiKeyRepository apiKeys, FeedRepository feeds, UserRepository users,
            Reauthentication reauthentication, OutboxRepository outbox, AuditLog auditLog,
            TransactionalOperator transactions, Clock clock) {
        this.apiKeys = apiKeys;
        this.feeds = feeds;
        this.users = users;
        this.reauthentication = reauthentication;
        this.outbox = outbox;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listApiKeys", summary = "Lists your API keys, without their secrets")
    Mono<ApiKeysResponse> listKeys(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.apiKeys.findActive(user.id()).collectList().map(ApiKeysResponse::new);
    }

    @PostMapping
    @Operation(operationId = "createApiKey",
            summary = "Creates an API key, shown once; to write, you must own the feed",
            description = "The scope trade requires your password and, with TOTP enabled, a code. "
                    + "A second request with the same `Idempotency-Key` is 409 with the id of the key, which cannot be "
                    + "shown again.")
    Mono<ResponseEntity<CreatedApiKeyResponse>> createKey(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
            @RequestBody CreateApiKeyRequest body, ServerHttpRequest request) {
        UUID id = IdempotencyKey.deriveId(user, "keys", idempotencyKey);
        FieldValidator validator = new FieldValidator();
        String label = validator.text("label", body.label(), MAX_LABEL_LENGTH);
        String feed = validator.text("feed", body.feed(), MAX_LABEL_LENGTH);
        Set<Scope> scopes = parseScopes(validator, body);
        validator.check();
        String secret = PREFIX + OpaqueToken.random().text();
        ApiKeyRepository.ApiKeySummary summary = ApiKeyRepository.ApiKeySummary.of(id, label,
                secret.substring(0, HINT_LENGTH), feed, scopes, this.clock.instant());
        ClientInfo client = ClientInfo.of(request);
        return reauthenticateForTrading(user, scopes, body, client)
            .then(this.transactions.transactional(insertKey(user, ApiKey.hash(secret), summary, scopes, client)))
            .then(Mono.fromSupplier(() -> createResponse(summary, secret)));
    }

    /**
     * Requires the password and code for a key that may trade, because a stolen access
     * token of five minutes must not become a key that trades forever.
     */
    private Mono<Void> reauthenticateForTrading(AuthenticatedUser user, Set<Scope> scopes, CreateApiKeyRequest body,
            ClientInfo client) {
        return scopes.contains(Scope.TRADE)
                ? this.reauthentication.reauthenticate(user.id(), body.password(), body.code(), client).then()
                : Mono.empty();
    }

    private Mono<Void> insertKey(AuthenticatedUser user, String hash, ApiKeyRepository.ApiKeySummary summary,
            Set<Scope> scopes, ClientInfo client) {
        return checkFeedAccess(user, summary.feed(), scopes).then(this.users.lock(user.id()))
            .then(this.apiKeys.findActive(user.id()).count())
            .filter((count) -> count < MAX_KEYS_PER_USER)
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.conflict("too-many", "You have %d keys".formatted(MAX_KEYS_PER_USER))
                    .asException()))
            .flatMap((count) -> this.apiKeys.add(hash, user.id(), summary))
            .filter((added) -> added)
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition
                        .conflict("key-made",
                                "Key %s was made with this Idempotency-Key. Revoke it, and make another one"
                                    .formatted(summary.id()))
                        .asException()))
            .then(this.auditLog.recordOwn(AuditEventType.KEY_MADE, user.id(), client, summary.id().toString()));
    }

    private ResponseEntity<CreatedApiKeyResponse> createResponse(ApiKeyRepository.ApiKeySummary summary,
            String secret) {
        this.outbox.trigger();
        return ResponseEntity.status(HttpStatus.CREATED)
            .cacheControl(CacheControl.noStore())
            .body(new CreatedApiKeyResponse(summary.id(), secret, summary.label(), summary.feed(), summary.scopes(),
                    summary.createdAt()));
    }

    private Mono<Void> checkFeedAccess(AuthenticatedUser user, String feed, Set<Scope> scopes) {
        return this.feeds.findByName(feed)
            .filter((ownedFeed) -> !scopes.contains(Scope.INGEST) || ownedFeed.isWritableBy(user))
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .invalidFields(List
                    .of(new FieldViolation("feed", "a feed that is there, and yours where the scope is ingest")))
                .asException()))
            .then();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeApiKey", summary = "Revokes one of your API keys, effective within a second")
    Mono<Void> revokeKey(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            ServerHttpRequest request) {
        return this.transactions
            .transactional(this.apiKeys.revoke(id, user.id())
                .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
                .then(this.auditLog.recordOwn(AuditEventType.KEY_REVOKED, user.id(), ClientInfo.of(request),
                        id.toString())))
            .doOnSuccess((ignored) -> this.outbox.trigger());
    }

    private static Set<Scope> parseScopes(FieldValidator validator, CreateApiKeyRequest body) {
        List<String> requestedScopes = Objects.requireNonNullElse(body.scopes(), List.of());
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(Scope.values()).filter((scope) -> requestedScopes.contains(scope.text())).forEach(scopes::add);
        validator.require(!scopes.isEmpty() && scopes.size() == requestedScopes.size(), "scopes",
                "some of ingest, read, research, trade");
        return scopes;
    }

    /**
     * Request to create an API key.
     *
     * @param label the name of the key
     * @param feed the only feed that the key applies to
     * @param scopes the scopes of the key
     * @param password the password of the user; required if the key may trade
     * @param code the code of the authenticator app; required if the key may trade and
     * TOTP is enabled
     */
    record CreateApiKeyRequest(@Nullable String label, @Nullable String feed, @Nullable List<String> scopes,
            @Nullable String password, @Nullable String code) {

        @Override
        public String toString() {
            return "CreateApiKeyRequest[hidden]";
        }

    }

    /**
     * Response with a new API key.
     *
     * @param id the key ID
     * @param key the secret, which is shown only in this response
     * @param label the name of the key
     * @param feed the only feed that the key applies to
     * @param scopes the scopes of the key
     * @param createdAt the time of creation
     */
    record CreatedApiKeyResponse(UUID id, String key, String label, String feed, List<String> scopes,
            Instant createdAt) {

        @Override
        public String toString() {
            return "CreatedApiKeyResponse[" + this.id + "]";
        }

    }

    /**
     * Response with API keys.
     *
     * @param items the keys, oldest first
     */
    record ApiKeysResponse(List<ApiKeyRepository.ApiKeySummary> items) {

    }

}
