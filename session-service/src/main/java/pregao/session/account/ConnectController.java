package pregao.session.account;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.access.Caller;
import pregao.session.access.IdempotencyKey;
import pregao.session.access.Person;
import pregao.session.broker.KnownBroker;
import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;

/**
 * {@code /api/brokers/…}: being let in by a broker.
 */
@RestController
@RequestMapping("/api/brokers")
@SecurityRequirement(name = "token")
class ConnectController {

    private static final int LONGEST_CODE = 64;

    private final BrokerAccounts accounts;

    private final Brokers brokers;

    private final Connecting connecting;

    ConnectController(BrokerAccounts accounts, Brokers brokers, Connecting connecting) {
        this.accounts = accounts;
        this.brokers = brokers;
        this.connecting = connecting;
    }

    @PostMapping("/{broker}/accounts")
    @Operation(operationId = "connectAccount",
            summary = "Connects an account of yours: 201, or 202 where the broker sent you a code and wants it",
            description = "With the same `Idempotency-Key` it is one account, which is answered as it is then.")
    Mono<ResponseEntity<AccountItem>> connect(@AuthenticationPrincipal Person person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @PathVariable String broker, @RequestBody ConnectWish wish, ServerHttpRequest request) {
        KnownBroker known = known(broker);
        return this.connecting
            .connect(IdempotencyKey.id(person, "accounts|" + broker, key), person.id(), known, wish.name(known),
                    wish.credentials(known), Caller.of(request))
            .map((connected) -> answered(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/code")
    @Operation(operationId = "giveCode", summary = "Goes on with the code that the broker has sent you")
    Mono<ResponseEntity<AccountItem>> code(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            @RequestBody Code code, ServerHttpRequest request) {
        Fields fields = new Fields();
        String text = fields.text("code", code.code(), LONGEST_CODE).strip();
        Optional<UUID> step = code.id();
        fields.require(step.isPresent(), "step", "the step of the answer that wanted the code");
        fields.check();
        return this.accounts.own(id, person.id())
            .flatMap((account) -> this.connecting.answer(account, step.orElse(id), text, Caller.of(request)))
            .map((connected) -> answered(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/reconnect")
    @Operation(operationId = "reconnectAccount", summary = "Connects an account again, as when it was signed out",
            description = "With {} what is kept is tried again, as after a change of permissions at the broker.")
    Mono<ResponseEntity<AccountItem>> reconnect(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            @RequestBody ConnectWish wish, ServerHttpRequest request) {
        return this.accounts.own(id, person.id())
            .flatMap((account) -> wish.saysNothing() ? this.connecting.retry(account, Caller.of(request))
                    : this.connecting.reconnect(account, wish.credentials(known(account.broker())), Caller.of(request)))
            .map((connected) -> answered(connected, HttpStatus.OK));
    }

    private KnownBroker known(String broker) {
        return this.brokers.named(broker).orElseThrow(() -> Trouble.notFound().asException());
    }

    private static ResponseEntity<AccountItem> answered(Connecting.Connected connected, HttpStatus done) {
        return ResponseEntity.status((connected.step() != null) ? HttpStatus.ACCEPTED : done)
            .body(AccountItem.of(connected.account(), connected.step()));
    }

    /**
     * What is sent.
     *
     * @param step as the wish for the code named it
     * @param code as the broker sent it
     */
    record Code(@Nullable @Schema(format = "uuid") String step, @Nullable String code) {

        private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

        /** The step; empty where it is missing, or none. */
        private Optional<UUID> id() {
            return Optional.ofNullable(this.step).filter((text) -> ID.matcher(text).matches()).map(UUID::fromString);
        }

        @Override
        public String toString() {
            return "Code[hidden]";
        }

    }

}
