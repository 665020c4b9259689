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
 * What accounts have at their brokers, at most a minute ago: a question for balances is
 * dear at Binance, where all accounts of an address share what may be asked.
 */
@Component
public class BrokerBalances {

    private static final Duration LIFE = Duration.ofMinutes(1);

    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final int MAX_ACCOUNTS = 10_000;

    private static final int AT_ONCE = 4;

    private final SessionClient session;

    private final Cache<UUID, JsonNode> known = Caffeine.newBuilder()
        .maximumSize(MAX_ACCOUNTS)
        .expireAfterWrite(LIFE)
        .build();

    /** Accounts whose brokers did not answer just now. */
    private final Cache<UUID, Boolean> silent = Caffeine.newBuilder()
        .maximumSize(MAX_ACCOUNTS)
        .expireAfterWrite(SILENT)
        .build();

    BrokerBalances(SessionClient session) {
        this.session = session;
    }

    /**
     * Asks the brokers of accounts what these have.
     * @param accounts which, with the currency of each; those of paper are left out
     * @return amounts in the currencies; an account is missing while its broker does not
     * answer within two seconds, and where it has no such currency
     */
    public Mono<Map<AccountKey, BigDecimal>> of(Map<AccountKey, String> accounts) {
        return Flux.fromIterable(accounts.keySet())
            .filter((key) -> key.money() != TradingMode.PAPER)
            .map(AccountKey::id)
            .distinct()
            .flatMap((id) -> wallets(id).map((wallets) -> Map.entry(id, wallets)), AT_ONCE)
            .collectMap(Map.Entry::getKey, Map.Entry::getValue)
            .map((wallets) -> amounts(accounts, wallets));
    }

    private Mono<JsonNode> wallets(UUID id) {
        JsonNode fresh = this.known.getIfPresent(id);
        if (fresh != null) {
            return Mono.just(fresh);
        }
        if (this.silent.getIfPresent(id) != null) {
            return Mono.empty();
        }
        return this.session.balances(id).flatMap((answer) -> {
            if (answer instanceof SessionResponse.Ok ok) {
                JsonNode items = ok.body().path("items");
                this.known.put(id, items);
                return Mono.just(items);
            }
            this.silent.put(id, true);
            return Mono.empty();
        });
    }

    private static Map<AccountKey, BigDecimal> amounts(Map<AccountKey, String> accounts, Map<UUID, JsonNode> wallets) {
        Map<AccountKey, BigDecimal> amounts = new HashMap<>();
        accounts.forEach((key, currency) -> {
            JsonNode items = wallets.get(key.id());
            for (JsonNode wallet : (items != null) ? items.values() : List.<JsonNode>of()) {
                if (wallet.path("money").asString("").equals(key.money().text())
                        && wallet.path("currency").asString("").equals(currency) && wallet.path("amount").isNumber()) {
                    amounts.put(key, wallet.path("amount").decimalValue());
                }
            }
        });
        return amounts;
    }

}
