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
 * {@code /api/brokers/…}: logins at brokers.
 */
@RestController
@RequestMapping("/api/brokers")
@SecurityRequirement(name = "token")
class ConnectController {

    private static final int MAX_CODE_LENGTH = 64;

    private final BrokerAccountRepository accounts;

    private final BrokerRegistry brokers;

    private final AccountConnectionService connectionService;

    ConnectController(BrokerAccountRepository accounts, BrokerRegistry brokers,
            AccountConnectionService connectionService) {
        this.accounts = accounts;
        this.brokers = brokers;
        this.connectionService = connectionService;
    }

    @PostMapping("/{broker}/accounts")
    @Operation(operationId = "connectAccount",
            summary = "Connects a broker account; returns 201, or 202 if the broker sent you a code to submit",
            description = "Requests with the same `Idempotency-Key` create one account and return its current state.")
    Mono<ResponseEntity<BrokerAccountResponse>> connect(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @PathVariable String broker, @RequestBody ConnectRequest request, ServerHttpRequest httpRequest) {
        BrokerDefinition brokerDefinition = requireBroker(broker);
        return this.connectionService
            .connect(IdempotencyKey.deriveId(user, "accounts|" + broker, key), user.id(), brokerDefinition,
                    request.labelOrDefault(brokerDefinition), request.credentials(brokerDefinition),
                    ClientInfo.of(httpRequest))
            .map((connected) -> toResponse(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/code")
    @Operation(operationId = "submitLoginCode", summary = "Submits the login code that the broker sent you")
    Mono<ResponseEntity<BrokerAccountResponse>> submitCode(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody LoginCodeRequest request, ServerHttpRequest httpRequest) {
        FieldValidator fields = new FieldValidator();
        String loginCode = fields.text("code", request.code(), MAX_CODE_LENGTH).strip();
        Optional<UUID> stepId = request.stepId();
        fields.require(stepId.isPresent(), "step", "the step of the answer that wanted the code");
        fields.check();
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> this.connectionService.submitCode(account, stepId.orElse(id), loginCode,
                    ClientInfo.of(httpRequest)))
            .map((connected) -> toResponse(connected, HttpStatus.CREATED));
    }

    @PostMapping("/accounts/{id}/reconnect")
    @Operation(operationId = "reconnectAccount",
            summary = "Reconnects a broker account, for example after the broker logged it out",
            description = "With {}, the stored credentials are tried again, as after a change of permissions at the broker.")
    Mono<ResponseEntity<BrokerAccountResponse>> reconnect(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody ConnectRequest request, ServerHttpRequest httpRequest) {
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> request.hasNoFields()
                    ? this.connectionService.reconnectWithStored(account, ClientInfo.of(httpRequest))
                    : this.connectionService.reconnect(account, request.credentials(requireBroker(account.broker())),
                            ClientInfo.of(httpRequest)))
            .map((connected) -> toResponse(connected, HttpStatus.OK));
    }

    private BrokerDefinition requireBroker(String broker) {
        return this.brokers.findByName(broker).orElseThrow(() -> ProblemDefinition.notFound().asException());
    }

    private static ResponseEntity<BrokerAccountResponse> toResponse(AccountConnectionService.Connected connected,
            HttpStatus completedStatus) {
        return ResponseEntity.status((connected.step() != null) ? HttpStatus.ACCEPTED : completedStatus)
            .body(BrokerAccountResponse.of(connected.account(), connected.step()));
    }

    /**
     * The body of a request that submits a login code.
     *
     * @param step the ID of the pending login
     * @param code the code that the broker sent
     */
    record LoginCodeRequest(@Nullable @Schema(format = "uuid") String step, @Nullable String code) {

        private static final Pattern UUID_PATTERN = Pattern
            .compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

        /** Returns the ID of the pending login, or empty if it is missing or invalid. */
        private Optional<UUID> stepId() {
            return Optional.ofNullable(this.step)
                .filter((text) -> UUID_PATTERN.matcher(text).matches())
                .map(UUID::fromString);
        }

        @Override
        public String toString() {
            return "LoginCodeRequest[hidden]";
        }

    }

}
