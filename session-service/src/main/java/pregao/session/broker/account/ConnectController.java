package pregao.session.broker.account;

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

import pregao.session.broker.api.BrokerDefinition;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.IdempotencyKey;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/brokers/…}: being let in by a broker.
 */
@RestController
@RequestMapping("/api/brokers")
@SecurityRequirement(name = "token")
class ConnectController {

    private static final int LONGEST_CODE = 64;

    private final BrokerAccountRepository accounts;

    private final BrokerRegistry brokers;

    private final AccountConnectionService connecting;

    ConnectController(BrokerAccountRepository accounts, BrokerRegistry brokers, AccountConnectionService connecting) {
        this.accounts = accounts;
        this.brokers = brokers;
        this.connecting = connecting;
    }

    @PostMapping("/{broker}/accounts")
    @Operation(operationId = "connectAccount",
            summary = "Connects a broker account; returns 201, or 202 if the broker sent you a code to submit",
            description = "Requests with the same `Idempotency-Key` create one account and return its current state.")
    Mono<ResponseEntity<BrokerAccountResponse>> connect(@AuthenticationPrincipal AuthenticatedUser person,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @PathVariable String broker, @RequestBody ConnectRequest wish, ServerHttpRequest request) {
        BrokerDefinition brokerDefinition = known(broker);
        return this.connecting
            .connect(IdempotencyKey.deriveId(person, "accounts|" + broker, key), person.id(), brokerDefinition,
                    wish.name(brokerDefinition), wish.credentials(brokerDefinition), ClientInfo.of(request))
            .map((connected) -> answered(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/code")
    @Operation(operationId = "submitLoginCode", summary = "Submits the login code that the broker sent you")
    Mono<ResponseEntity<BrokerAccountResponse>> code(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID id, @RequestBody LoginCodeRequest code, ServerHttpRequest request) {
        FieldValidator fields = new FieldValidator();
        String text = fields.text("code", code.code(), LONGEST_CODE).strip();
        Optional<UUID> step = code.id();
        fields.require(step.isPresent(), "step", "the step of the answer that wanted the code");
        fields.check();
        return this.accounts.own(id, person.id())
            .flatMap((account) -> this.connecting.answer(account, step.orElse(id), text, ClientInfo.of(request)))
            .map((connected) -> answered(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/reconnect")
    @Operation(operationId = "reconnectAccount",
            summary = "Reconnects a broker account, for example after the broker logged it out",
            description = "With {}, the stored credentials are tried again, as after a change of permissions at the broker.")
    Mono<ResponseEntity<BrokerAccountResponse>> reconnect(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID id, @RequestBody ConnectRequest wish, ServerHttpRequest request) {
        return this.accounts.own(id, person.id())
            .flatMap((account) -> wish.saysNothing() ? this.connecting.retry(account, ClientInfo.of(request))
                    : this.connecting.reconnect(account, wish.credentials(known(account.broker())),
                            ClientInfo.of(request)))
            .map((connected) -> answered(connected, HttpStatus.OK));
    }

    private BrokerDefinition known(String broker) {
        return this.brokers.named(broker).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    private static ResponseEntity<BrokerAccountResponse> answered(AccountConnectionService.Connected connected,
            HttpStatus done) {
        return ResponseEntity.status((connected.step() != null) ? HttpStatus.ACCEPTED : done)
            .body(BrokerAccountResponse.of(connected.account(), connected.step()));
    }

    /**
     * What is sent.
     *
     * @param step as the wish for the code named it
     * @param code as the broker sent it
     */
    record LoginCodeRequest(@Nullable @Schema(format = "uuid") String step, @Nullable String code) {

        private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

        /** The step; empty where it is missing, or none. */
        private Optional<UUID> id() {
            return Optional.ofNullable(this.step).filter((text) -> ID.matcher(text).matches()).map(UUID::fromString);
        }

        @Override
        public String toString() {
            return "LoginCodeRequest[hidden]";
        }

    }

}
