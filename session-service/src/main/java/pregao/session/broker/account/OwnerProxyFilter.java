package pregao.session.broker.account;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.AuthenticatedUser;

/**
 * A filter that forwards requests that need a session to the replica that has it. It runs
 * after authorization.
 */
@Component
class OwnerProxyFilter implements WebFilter {

    private static final Pattern NEEDS_SESSION = Pattern.compile(
            "/api/brokers/accounts/([0-9a-fA-F-]{36})/(?:code|reconnect|balances|instruments|candles|orders)(?:/.*)?");

    private final BrokerAccountRepository accounts;

    private final OwnerProxy ownerProxy;

    OwnerProxyFilter(BrokerAccountRepository accounts, OwnerProxy ownerProxy) {
        this.accounts = accounts;
        this.ownerProxy = ownerProxy;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return findAccountId(exchange)
            .map((accountId) -> findOwnerAddress(exchange, accountId).map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap((ownerAddress) -> ownerAddress.map((address) -> this.ownerProxy.forward(exchange, address))
                    .orElseGet(() -> chain.filter(exchange))))
            .orElseGet(() -> chain.filter(exchange));
    }

    private Mono<String> findOwnerAddress(ServerWebExchange exchange, UUID accountId) {
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull((context) -> context.getAuthentication())
            .mapNotNull(
                    (authentication) -> (authentication.getPrincipal() instanceof AuthenticatedUser user) ? user : null)
            .flatMap((user) -> this.accounts.findByIdAndUser(accountId, user.id()))
            .flatMap((account) -> this.ownerProxy.findOwnerAddress(account, exchange.getRequest()));
    }

    private static Optional<UUID> findAccountId(ServerWebExchange exchange) {
        Matcher matcher = NEEDS_SESSION.matcher(exchange.getRequest().getPath().value());
        try {
            return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
