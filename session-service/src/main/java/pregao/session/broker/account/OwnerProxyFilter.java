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
 * Has requests that need a session answered where the session is; after access was
 * checked.
 */
@Component
class OwnerProxyFilter implements WebFilter {

    private static final Pattern NEEDS_SESSION = Pattern.compile(
            "/api/brokers/accounts/([0-9a-fA-F-]{36})/(?:code|reconnect|balances|instruments|candles|orders)(?:/.*)?");

    private final BrokerAccountRepository accounts;

    private final OwnerProxy forwarding;

    OwnerProxyFilter(BrokerAccountRepository accounts, OwnerProxy forwarding) {
        this.accounts = accounts;
        this.forwarding = forwarding;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return account(exchange)
            .map((account) -> elsewhere(exchange, account).map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap((address) -> address.map((there) -> this.forwarding.pass(exchange, there))
                    .orElseGet(() -> chain.filter(exchange))))
            .orElseGet(() -> chain.filter(exchange));
    }

    private Mono<String> elsewhere(ServerWebExchange exchange, UUID account) {
        return ReactiveSecurityContextHolder.getContext()
            .mapNotNull((context) -> context.getAuthentication())
            .mapNotNull((caller) -> (caller.getPrincipal() instanceof AuthenticatedUser person) ? person : null)
            .flatMap((person) -> this.accounts.of(account, person.id()))
            .flatMap((own) -> this.forwarding.elsewhere(own, exchange.getRequest()));
    }

    private static Optional<UUID> account(ServerWebExchange exchange) {
        Matcher matcher = NEEDS_SESSION.matcher(exchange.getRequest().getPath().value());
        try {
            return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
