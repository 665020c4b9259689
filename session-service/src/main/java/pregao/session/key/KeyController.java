package pregao.session.key;

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
import pregao.session.access.Caller;
import pregao.session.access.IdempotencyKey;
import pregao.session.access.Person;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.feed.Feeds;
import pregao.session.outbox.Outbox;
import pregao.http.problem.FieldError;
import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;
import pregao.session.token.OpaqueToken;
import pregao.session.totp.Reauthentication;
import pregao.session.user.People;

/**
 * {@code /api/keys}: one's own API keys.
 */
@RestController
@RequestMapping("/api/keys")
@SecurityRequirement(name = "token")
class KeyController {

    private static final String PREFIX = "pregao_";

    private static final int HINT = PREFIX.length() + 4;

    private static final int MOST = 100;

    private static final int LONGEST_LABEL = 100;

    private final ApiKeys keys;

    private final Feeds feeds;

    private final People people;

    private final Reauthentication reauthentication;

    private final Outbox outbox;

    private final EventLog events;

    private final TransactionalOperator transactions;

    private final Clock clock;

    KeyController(ApiKeys keys, Feeds feeds, People people, Reauthentication reauthentication, Outbox outbox,
            EventLog events, TransactionalOperator transactions, Clock clock) {
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
    @Operation(operationId = "keys", summary = "Your API keys, without the keys themselves")
    Mono<Items> keys(@AuthenticationPrincipal Person person) {
        return this.keys.living(person.id()).collectList().map(Items::new);
    }

    @PostMapping
    @Operation(operationId = "makeKey", summary = "Makes an API key, shown this once; to write, the feed must be yours",
            description = "With the scope trade it asks for your password and, with TOTP on, for a code again. "
                    + "A second request with the same `Idempotency-Key` is 409 with the id of the key, which cannot be "
                    + "shown again.")
    Mono<ResponseEntity<Made>> make(@AuthenticationPrincipal Person person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key, @RequestBody Wish wish,
            ServerHttpRequest request) {
        UUID id = IdempotencyKey.id(person, "keys", key);
        Fields fields = new Fields();
        String label = fields.text("label", wish.label(), LONGEST_LABEL);
        String feed = fields.text("feed", wish.feed(), LONGEST_LABEL);
        Set<Scope> scopes = scopes(fields, wish);
        fields.check();
        String text = PREFIX + OpaqueToken.random().text();
        ApiKeys.Key made = ApiKeys.Key.of(id, label, text.substring(0, HINT), feed, scopes, this.clock.instant());
        Caller caller = Caller.of(request);
        return proven(person, scopes, wish, caller)
            .then(this.transactions.transactional(add(person, ApiKey.hash(text), made, scopes, caller)))
            .then(Mono.fromSupplier(() -> made(made, text)));
    }

    /** A stolen token of five minutes must not become a key that trades for ever. */
    private Mono<Void> proven(Person person, Set<Scope> scopes, Wish wish, Caller caller) {
        return scopes.contains(Scope.TRADE)
                ? this.reauthentication.prove(person.id(), wish.password(), wish.code(), caller).then() : Mono.empty();
    }

    private Mono<Void> add(Person person, String hash, ApiKeys.Key key, Set<Scope> scopes, Caller caller) {
        return mayUse(person, key.feed(), scopes).then(this.people.lock(person.id()))
            .then(this.keys.living(person.id()).count())
            .filter((count) -> count < MOST)
            .switchIfEmpty(
                    Mono.error(() -> Trouble.conflict("too-many", "You have %d keys".formatted(MOST)).asException()))
            .flatMap((count) -> this.keys.add(hash, person.id(), key))
            .filter((added) -> added)
            .switchIfEmpty(
                    Mono.error(() -> Trouble
                        .conflict("key-made",
                                "Key %s was made with this Idempotency-Key. Revoke it, and make another one"
                                    .formatted(key.id()))
                        .asException()))
            .then(this.events.own(EventKind.KEY_MADE, person.id(), caller, key.id().toString()));
    }

    private ResponseEntity<Made> made(ApiKeys.Key key, String text) {
        this.outbox.call();
        return ResponseEntity.status(HttpStatus.CREATED)
            .cacheControl(CacheControl.noStore())
            .body(new Made(key.id(), text, key.label(), key.feed(), key.scopes(), key.createdAt()));
    }

    private Mono<Void> mayUse(Person person, String feed, Set<Scope> scopes) {
        return this.feeds.named(feed)
            .filter((known) -> !scopes.contains(Scope.INGEST) || known.mayBeWrittenBy(person))
            .switchIfEmpty(Mono.error(() -> Trouble
                .invalid(List.of(new FieldError("feed", "a feed that is there, and yours where the scope is ingest")))
                .asException()))
            .then();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "revokeKey", summary = "Revokes one of your API keys; it is refused within a second")
    Mono<Void> revoke(@AuthenticationPrincipal Person person, @PathVariable UUID id, ServerHttpRequest request) {
        return this.transactions
            .transactional(this.keys.revoke(id, person.id())
                .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
                .then(this.events.own(EventKind.KEY_REVOKED, person.id(), Caller.of(request), id.toString())))
            .doOnSuccess((done) -> this.outbox.call());
    }

    private static Set<Scope> scopes(Fields fields, Wish wish) {
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
    record Wish(@Nullable String label, @Nullable String feed, @Nullable List<String> scopes, @Nullable String password,
            @Nullable String code) {

        @Override
        public String toString() {
            return "Wish[hidden]";
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
    record Made(UUID id, String key, String label, String feed, List<String> scopes, Instant createdAt) {

        @Override
        public String toString() {
            return "Made[" + this.id + "]";
        }

    }

    /**
     * The answer.
     *
     * @param items the oldest first
     */
    record Items(List<ApiKeys.Key> items) {

    }

}
