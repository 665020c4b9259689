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
 * {@code /api/brokers/accounts/{id}/prices}: whether a person lets everybody's prices
 * come through their session.
 */
@RestController
@RequestMapping("/api/brokers/accounts/{id}/prices")
@SecurityRequirement(name = "token")
class PriceSharingController {

    private final BrokerAccountRepository accounts;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    PriceSharingController(BrokerAccountRepository accounts, AuditLog events, TransactionalOperator transactions) {
        this.accounts = accounts;
        this.events = events;
        this.transactions = transactions;
    }

    @PutMapping
    @Operation(operationId = "updatePriceSharing",
            summary = "Enables or disables this account's session as the source of shared prices",
            description = "Disabled by default. Requests count against the account's rate limits at the broker. It is used "
                    + "in turn with the accounts of others who agreed, within a budget for prices, and not at all "
                    + "where whoever runs this installation has an account for prices. A withdrawal takes effect "
                    + "within seconds.")
    Mono<BrokerAccountResponse> share(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @RequestBody PriceSharing wish, ServerHttpRequest request) {
        FieldValidator fields = new FieldValidator();
        fields.require(wish.allowed() != null, "allowed", "true or false");
        fields.check();
        boolean allowed = Boolean.TRUE.equals(wish.allowed());
        return this.accounts.own(id, person.id())
            .flatMap((account) -> this.transactions.transactional(this.accounts.setSharesPrices(id, allowed)
                .then(this.events.recordOwn(allowed ? AuditEventType.PRICES_SHARED : AuditEventType.PRICES_NOT_SHARED,
                        person.id(), ClientInfo.of(request), id.toString()))
                .then(this.accounts.own(id, person.id()))))
            .map((account) -> BrokerAccountResponse.of(account, null));
    }

    /**
     * What is sent.
     *
     * @param allowed whether everybody's prices may come through the account's session
     */
    record PriceSharing(@Nullable Boolean allowed) {

    }

}
