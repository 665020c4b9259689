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
 * Resolves and validates the account that a bot trades with.
 */
@Component
class AccountResolver {

    private final AccountService accounts;

    private final SessionClient sessionClient;

    AccountResolver(AccountService accounts, SessionClient sessionClient) {
        this.accounts = accounts;
        this.sessionClient = sessionClient;
    }

    /**
     * Resolves the account of a bot.
     * @param userId the user who owns the bot
     * @param definition the parsed bot
     * @return the account, and the lot sizes at its broker
     * @throws pregao.webapi.problem.ProblemException 404 if the account belongs to
     * another user, 422 if the bot cannot trade with it
     */
    ResolvedAccount resolve(UUID userId, BotDefinition definition) {
        UUID accountId = definition.account();
        return (accountId == null) ? new ResolvedAccount(this.accounts.ensurePaperAccount(userId), Map.of())
                : resolveBrokerAccount(userId, new AccountKey(accountId, definition.money()), definition);
    }

    private ResolvedAccount resolveBrokerAccount(UUID userId, AccountKey key, BotDefinition definition) {
        BrokerAccount brokerAccount = this.sessionClient.getAccount(key.id(), userId);
        String broker = brokerAccount.broker();
        FieldValidator fields = new FieldValidator();
        AccountSelection.requireAllowed(fields, key.money(), brokerAccount.realMoney());
        Set<String> feeds = definition.instruments().stream().map(Instrument::feed).collect(Collectors.toSet());
        fields.require(feeds.equals(Set.of(broker)), "instruments",
                "of the feed %s, the broker's own prices".formatted(broker));
        boolean spot = definition.plan() instanceof TradingPlan.Spot;
        fields.require(spot == broker.equals("binance"), spot ? "strategy" : "options",
                "a strategy at binance, options at polarium");
        fields.require(!(definition.plan() instanceof TradingPlan.Spot plan) || !plan.strategy().shorts(),
                "strategy.shorts", "false, as the broker sells only what you have");
        fields.check();
        Map<String, LotSize> lots = spot ? findLotSizes(this.sessionClient.getInstruments(key.id()), definition)
                : Map.of();
        this.accounts.registerBrokerAccount(key, userId, broker);
        requireCurrency(definition, this.accounts.find(key, userId).orElseThrow());
        return new ResolvedAccount(key, lots);
    }

    private static void requireCurrency(BotDefinition definition, Account account) {
        FieldValidator fields = new FieldValidator();
        if (definition.plan() instanceof TradingPlan.Spot) {
            definition.instruments()
                .forEach((instrument) -> fields.require(account.matchesCurrency(instrument), "instruments",
                        "paid in %s, the currency of the account, unlike %s".formatted(account.currency(),
                                instrument.symbol())));
        }
        fields.check();
    }

    private static Map<String, LotSize> findLotSizes(JsonNode response, BotDefinition definition) {
        Map<String, LotSize> lots = new HashMap<>();
        for (JsonNode item : response.path("items").values()) {
            String symbol = item.path("symbol").asString("");
            if (definition.instruments().stream().anyMatch((instrument) -> instrument.symbol().equals(symbol))) {
                lots.put(symbol,
                        new LotSize(decimal(item, "step"), decimal(item, "least"), decimal(item, "least_value")));
            }
        }
        FieldValidator fields = new FieldValidator();
        definition.instruments()
            .forEach((instrument) -> fields.require(lots.containsKey(instrument.symbol()), "instruments",
                    "traded at the broker, unlike " + instrument.symbol()));
        fields.check();
        if (definition.plan() instanceof TradingPlan.Spot plan) {
            lots.forEach((symbol, lot) -> requireStop(fields, plan, symbol, lot));
            fields.check();
        }
        return lots;
    }

    private static void requireStop(FieldValidator fields, TradingPlan.Spot plan, String symbol, LotSize lot) {
        BigDecimal minStake = lot.minStake(plan.strategy().stop());
        fields.require(plan.money().compareTo(minStake) >= 0, "stake",
                "at least %s, so that %s can be sold at its stop".formatted(minStake.toPlainString(), symbol));
    }

    private static BigDecimal decimal(JsonNode item, String field) {
        BigDecimal value = item.path(field).isNumber() ? item.path(field).decimalValue() : BigDecimal.ZERO;
        return (field.equals("step") && value.signum() == 0) ? new BigDecimal("0.00000001") : value;
    }

    /**
     * The account of a bot and the lot sizes at its broker.
     *
     * @param account the key of the account
     * @param lots the lot sizes by symbol; empty for paper
     */
    record ResolvedAccount(AccountKey account, Map<String, LotSize> lots) {

        /** Adds the lot sizes, which only the broker knows, to the stored definition. */
        ObjectNode addLotSizes(ObjectNode stored) {
            ObjectNode lotsNode = stored.putObject("lots");
            this.lots.forEach((symbol, lot) -> lotsNode.putObject(symbol)
                .put("step", lot.step())
                .put("least", lot.least())
                .put("least_value", lot.leastValue()));
            return stored;
        }

    }

}
