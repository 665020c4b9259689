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
import pregao.webapi.problem.FieldValidator;

/**
 * {@code /api/brokers/accounts/{id}/prices}: whether a user shares the session of an
 * account for the prices of all users.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{id}/prices")
@SecurityRequirement(name = "token")
class PriceSharingController {

    private final BrokerAccountRepository accounts;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    PriceSharingController(BrokerAccountRepository accounts, AuditLog auditLog, TransactionalOperator transactions) {
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    @PutMapping
    @Operation(operationId = "updatePriceSharing",
            summary = "Enables or disables this account's session as the source of shared prices",
            description = "Disabled by default. Requests count against the account's rate limits at the broker. It is used "
                    + "in turn with the accounts of others who agreed, within a budget for prices, and not at all "
                    + "where whoever runs this installation has an account for prices. A withdrawal takes effect "
                    + "within seconds.")
    Mono<BrokerAccountResponse> updatePriceSharing(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, @RequestBody PriceSharing request, ServerHttpRequest httpRequest) {
        FieldValidator fields = new FieldValidator();
        fields.require(request.allowed() != null, "allowed", "true or false");
        fields.check();
        boolean allowed = Boolean.TRUE.equals(request.allowed());
        return this.accounts.getByIdAndUser(id, user.id())
            .flatMap((account) -> this.transactions.transactional(this.accounts.setSharesPrices(id, allowed)
                .then(this.auditLog.recordOwn(allowed ? AuditEventType.PRICES_SHARED : AuditEventType.PRICES_NOT_SHARED,
                        user.id(), ClientInfo.of(httpRequest), id.toString()))
                .then(this.accounts.getByIdAndUser(id, user.id()))))
            .map((account) -> BrokerAccountResponse.of(account, null));
    }

    /**
     * The body of a request that updates price sharing.
     *
     * @param allowed whether the session may be used for the prices of all users
     */
    record PriceSharing(@Nullable Boolean allowed) {

    }

}
