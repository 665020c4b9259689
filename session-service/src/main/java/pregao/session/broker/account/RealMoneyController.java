package pregao.session.broker.account;

import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.totp.Reauthentication;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/brokers/accounts/{id}/real-money}: the user's own switch for real money.
 * The operator must allow it, too.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{id}/real-money")
@SecurityRequirement(name = "token")
class RealMoneyController {

    private final BrokerAccountRepository accounts;

    private final Reauthentication reauthentication;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    private final BrokerProperties settings;

    RealMoneyController(BrokerAccountRepository accounts, Reauthentication reauthentication, AuditLog auditLog,
            TransactionalOperator transactions, BrokerProperties settings) {
        this.accounts = accounts;
        this.reauthentication = reauthentication;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.settings = settings;
    }

    @PutMapping
    @Operation(operationId = "updateRealMoney",
            summary = "Enables or disables orders with real money; to enable them, confirm your password and code")
    Mono<BrokerAccountResponse> updateRealMoney(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @RequestBody RealMoneyRequest request, ServerHttpRequest httpRequest) {
        FieldValidator fields = new FieldValidator();
        fields.require(request.allowed() != null, "allowed", "true or false");
        fields.check();
        boolean allowed = Boolean.TRUE.equals(request.allowed());
        ClientInfo caller = ClientInfo.of(httpRequest);
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> allowed ? reauthenticate(user, request, caller) : Mono.just(true))
            .flatMap((_) -> this.transactions.transactional(this.accounts.setRealMoney(id, allowed)
                .then(this.auditLog.recordOwn(allowed ? AuditEventType.REAL_MONEY_ON : AuditEventType.REAL_MONEY_OFF,
                        user.id(), caller, id.toString()))
                .then(this.accounts.getByIdAndUser(id, user.id()))))
            .map((account) -> BrokerAccountResponse.of(account, null));
    }

    private Mono<Boolean> reauthenticate(AuthenticatedUser user, RealMoneyRequest request, ClientInfo caller) {
        if (!this.settings.realMoney()) {
            return Mono.error(ProblemDefinition
                .conflict("real-money-off", "Whoever runs this installation has not allowed orders with real money")
                .asException());
        }
        return this.reauthentication.reauthenticate(user.id(), request.password(), request.code(), caller)
            .thenReturn(true);
    }

    /**
     * The body of a request that updates the switch.
     *
     * @param allowed whether orders with real money are allowed
     * @param password the password of the user
     * @param code the code of the user's authenticator app, if enabled
     */
    record RealMoneyRequest(@Nullable Boolean allowed, @Nullable String password, @Nullable String code) {

        @Override
        public String toString() {
            return "RealMoneyRequest[hidden]";
        }

    }

}
