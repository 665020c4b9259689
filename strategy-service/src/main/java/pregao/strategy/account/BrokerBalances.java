package pregao.strategy.account;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.strategy.session.SessionClient;
import pregao.strategy.session.SessionResponse;

/**
 * Fetches the balances of broker accounts and caches them for a minute. Balance requests
 * are expensive at Binance, where all accounts of an IP address share one rate limit.
 */
@Component
public class BrokerBalances {

    private static final Duration CACHE_TTL = Duration.ofMinutes(1);

    private static final Duration FAILURE_CACHE_TTL = Duration.ofSeconds(10);

    private static final int MAX_ACCOUNTS = 10_000;

    private static final int MAX_CONCURRENT_REQUESTS = 4;

    private final SessionClient sessionClient;

    private final Cache<UUID, JsonNode> walletCache = Caffeine.newBuilder()
        .maximumSize(MAX_ACCOUNTS)
        .expireAfterWrite(CACHE_TTL)
        .build();

    /**
     * The accounts whose last request failed. They are not requested again until the
     * entry expires.
     */
    private final Cache<UUID, Boolean> failureCache = Caffeine.newBuilder()
        .maximumSize(MAX_ACCOUNTS)
        .expireAfterWrite(FAILURE_CACHE_TTL)
        .build();

    BrokerBalances(SessionClient sessionClient) {
        this.sessionClient = sessionClient;
    }

    /**
     * Fetches the balances of accounts.
     * @param accounts the accounts to fetch, with the currency of each; paper accounts
     * are skipped
     * @return the amounts in these currencies; an account is missing if its broker does
     * not respond within two seconds, or if it has no balance in its currency
     */
    public Mono<Map<AccountKey, BigDecimal>> fetchBalances(Map<AccountKey, String> accounts) {
        return Flux.fromIterable(accounts.keySet())
            .filter((key) -> key.money() != TradingMode.PAPER)
            .map(AccountKey::id)
            .distinct()
            .flatMap((id) -> fetchWallets(id).map((wallets) -> Map.entry(id, wallets)), MAX_CONCURRENT_REQUESTS)
            .collectMap(Map.Entry::getKey, Map.Entry::getValue)
            .map((wallets) -> selectBalances(accounts, wallets));
    }

    private Mono<JsonNode> fetchWallets(UUID id) {
        JsonNode cached = this.walletCache.getIfPresent(id);
        if (cached != null) {
            return Mono.just(cached);
        }
        if (this.failureCache.getIfPresent(id) != null) {
            return Mono.empty();
        }
        return this.sessionClient.getBalances(id).flatMap((response) -> {
            if (response instanceof SessionResponse.Ok ok) {
                JsonNode items = ok.body().path("items");
                this.walletCache.put(id, items);
                return Mono.just(items);
            }
            this.failureCache.put(id, true);
            return Mono.empty();
        });
    }

    private static Map<AccountKey, BigDecimal> selectBalances(Map<AccountKey, String> accounts,
            Map<UUID, JsonNode> wallets) {
        Map<AccountKey, BigDecimal> balances = new HashMap<>();
        accounts.forEach((key, currency) -> {
            JsonNode items = wallets.get(key.id());
            for (JsonNode wallet : (items != null) ? items.values() : List.<JsonNode>of()) {
                if (wallet.path("money").asString("").equals(key.money().text())
                        && wallet.path("currency").asString("").equals(currency) && wallet.path("amount").isNumber()) {
                    balances.put(key, wallet.path("amount").decimalValue());
                }
            }
        });
        return balances;
    }

}
