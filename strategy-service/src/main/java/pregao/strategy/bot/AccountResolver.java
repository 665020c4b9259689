package pregao.strategy.bot;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountSelection;
import pregao.strategy.account.AccountService;
import pregao.strategy.session.BrokerAccount;
import pregao.strategy.session.SessionClient;
import pregao.webapi.problem.FieldValidator;

/**
 * With which account a bot trades.
 */
@Component
class AccountResolver {

    private final AccountService accounts;

    private final SessionClient session;

    AccountResolver(AccountService accounts, SessionClient session) {
        this.accounts = accounts;
        this.session = session;
    }

    /**
     * Finds the account.
     * @param person whose
     * @param wish as it was understood
     * @return the account, and what can be traded there
     * @throws pregao.webapi.problem.ProblemException 404 where it is somebody else's, 422
     * where it cannot be
     */
    ResolvedAccount of(UUID person, BotDefinition wish) {
        UUID id = wish.account();
        return (id == null) ? new ResolvedAccount(this.accounts.ensurePaperAccount(person), Map.of())
                : atBroker(person, new AccountKey(id, wish.money()), wish);
    }

    private ResolvedAccount atBroker(UUID person, AccountKey key, BotDefinition wish) {
        BrokerAccount brokerAccount = this.session.account(key.id(), person);
        String broker = brokerAccount.broker();
        FieldValidator fields = new FieldValidator();
        AccountSelection.requireAllowed(fields, key.money(), brokerAccount.realMoney());
        Set<String> feeds = wish.instruments().stream().map(Instrument::feed).collect(Collectors.toSet());
        fields.require(feeds.equals(Set.of(broker)), "instruments",
                "of the feed %s, the broker's own prices".formatted(broker));
        boolean spot = wish.plan() instanceof TradingPlan.Spot;
        fields.require(spot == broker.equals("binance"), spot ? "strategy" : "options",
                "a strategy at binance, options at polarium");
        fields.require(!(wish.plan() instanceof TradingPlan.Spot plan) || !plan.strategy().shorts(), "strategy.shorts",
                "false, as the broker sells only what you have");
        fields.check();
        Map<String, LotSize> lots = spot ? lots(this.session.instruments(key.id()), wish) : Map.of();
        this.accounts.registerBrokerAccount(key, person, broker);
        requireCurrency(wish, this.accounts.find(key, person).orElseThrow());
        return new ResolvedAccount(key, lots);
    }

    private static void requireCurrency(BotDefinition wish, Account account) {
        FieldValidator fields = new FieldValidator();
        if (wish.plan() instanceof TradingPlan.Spot) {
            wish.instruments()
                .forEach((one) -> fields.require(account.matchesCurrency(one), "instruments",
                        "paid in %s, the currency of the account, unlike %s".formatted(account.currency(),
                                one.symbol())));
        }
        fields.check();
    }

    private static Map<String, LotSize> lots(JsonNode traded, BotDefinition wish) {
        Map<String, LotSize> lots = new HashMap<>();
        for (JsonNode item : traded.path("items").values()) {
            String symbol = item.path("symbol").asString("");
            if (wish.instruments().stream().anyMatch((one) -> one.symbol().equals(symbol))) {
                lots.put(symbol,
                        new LotSize(decimal(item, "step"), decimal(item, "least"), decimal(item, "least_value")));
            }
        }
        FieldValidator fields = new FieldValidator();
        wish.instruments()
            .forEach((one) -> fields.require(lots.containsKey(one.symbol()), "instruments",
                    "traded at the broker, unlike " + one.symbol()));
        fields.check();
        if (wish.plan() instanceof TradingPlan.Spot plan) {
            lots.forEach((symbol, lot) -> requireStop(fields, plan, symbol, lot));
            fields.check();
        }
        return lots;
    }

    private static void requireStop(FieldValidator fields, TradingPlan.Spot plan, String symbol, LotSize lot) {
        BigDecimal least = lot.leastStake(plan.strategy().stop());
        fields.require(plan.money().compareTo(least) >= 0, "stake",
                "at least %s, so that %s can be sold at its stop".formatted(least.toPlainString(), symbol));
    }

    private static BigDecimal decimal(JsonNode item, String field) {
        BigDecimal bigDecimal = item.path(field).isNumber() ? item.path(field).decimalValue() : BigDecimal.ZERO;
        return (field.equals("step") && bigDecimal.signum() == 0) ? new BigDecimal("0.00000001") : bigDecimal;
    }

    /**
     * An account, and what can be traded there.
     *
     * @param account which
     * @param lots by symbol; empty on paper
     */
    record ResolvedAccount(AccountKey account, Map<String, LotSize> lots) {

        /** What is kept of a bot, with what only the broker knows. */
        ObjectNode complete(ObjectNode stored) {
            ObjectNode objectNode = stored.putObject("lots");
            this.lots.forEach((symbol, lot) -> objectNode.putObject(symbol)
                .put("step", lot.step())
                .put("least", lot.least())
                .put("least_value", lot.leastValue()));
            return stored;
        }

    }

}
