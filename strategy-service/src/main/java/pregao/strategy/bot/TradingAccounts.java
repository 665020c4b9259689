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
import pregao.http.problem.Fields;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountWish;
import pregao.strategy.account.OwnAccounts;
import pregao.strategy.session.BrokerAccount;
import pregao.strategy.session.SessionClient;

/**
 * With which account a bot trades.
 */
@Component
class TradingAccounts {

    private final OwnAccounts accounts;

    private final SessionClient session;

    TradingAccounts(OwnAccounts accounts, SessionClient session) {
        this.accounts = accounts;
        this.session = session;
    }

    /**
     * Finds the account.
     * @param person whose
     * @param wish as it was understood
     * @return the account, and what can be traded there
     * @throws pregao.http.problem.TroubleException 404 where it is somebody else's, 422
     * where it cannot be
     */
    Chosen of(UUID person, BotWish wish) {
        UUID id = wish.account();
        return (id == null) ? new Chosen(this.accounts.paper(person), Map.of())
                : atBroker(person, new AccountKey(id, wish.money()), wish);
    }

    private Chosen atBroker(UUID person, AccountKey key, BotWish wish) {
        BrokerAccount known = this.session.account(key.id(), person);
        String broker = known.broker();
        Fields fields = new Fields();
        AccountWish.requireAllowed(fields, key.money(), known.realMoney());
        Set<String> feeds = wish.instruments().stream().map(Instrument::feed).collect(Collectors.toSet());
        fields.require(feeds.equals(Set.of(broker)), "instruments",
                "of the feed %s, the broker's own prices".formatted(broker));
        boolean spot = wish.plan() instanceof Plan.Spot;
        fields.require(spot == broker.equals("binance"), spot ? "strategy" : "options",
                "a strategy at binance, options at polarium");
        fields.require(!(wish.plan() instanceof Plan.Spot plan) || !plan.strategy().shorts(), "strategy.shorts",
                "false, as the broker sells only what you have");
        fields.check();
        Map<String, Lot> lots = spot ? lots(this.session.instruments(key.id()), wish) : Map.of();
        this.accounts.broker(key, person, broker);
        requireCurrency(wish, this.accounts.find(key, person).orElseThrow());
        return new Chosen(key, lots);
    }

    private static void requireCurrency(BotWish wish, Account account) {
        Fields fields = new Fields();
        if (wish.plan() instanceof Plan.Spot) {
            wish.instruments()
                .forEach((one) -> fields.require(account.counts(one), "instruments",
                        "paid in %s, the currency of the account, unlike %s".formatted(account.currency(),
                                one.symbol())));
        }
        fields.check();
    }

    private static Map<String, Lot> lots(JsonNode traded, BotWish wish) {
        Map<String, Lot> lots = new HashMap<>();
        for (JsonNode item : traded.path("items").values()) {
            String symbol = item.path("symbol").asString("");
            if (wish.instruments().stream().anyMatch((one) -> one.symbol().equals(symbol))) {
                lots.put(symbol, new Lot(decimal(item, "step"), decimal(item, "least"), decimal(item, "least_value")));
            }
        }
        Fields fields = new Fields();
        wish.instruments()
            .forEach((one) -> fields.require(lots.containsKey(one.symbol()), "instruments",
                    "traded at the broker, unlike " + one.symbol()));
        fields.check();
        if (wish.plan() instanceof Plan.Spot plan) {
            lots.forEach((symbol, lot) -> requireStop(fields, plan, symbol, lot));
            fields.check();
        }
        return lots;
    }

    private static void requireStop(Fields fields, Plan.Spot plan, String symbol, Lot lot) {
        BigDecimal least = lot.leastStake(plan.strategy().stop());
        fields.require(plan.money().compareTo(least) >= 0, "stake",
                "at least %s, so that %s can be sold at its stop".formatted(least.toPlainString(), symbol));
    }

    private static BigDecimal decimal(JsonNode item, String field) {
        BigDecimal found = item.path(field).isNumber() ? item.path(field).decimalValue() : BigDecimal.ZERO;
        return (field.equals("step") && found.signum() == 0) ? new BigDecimal("0.00000001") : found;
    }

    /**
     * An account, and what can be traded there.
     *
     * @param account which
     * @param lots by symbol; empty on paper
     */
    record Chosen(AccountKey account, Map<String, Lot> lots) {

        /** What is kept of a bot, with what only the broker knows. */
        ObjectNode complete(ObjectNode stored) {
            ObjectNode all = stored.putObject("lots");
            this.lots.forEach((symbol, lot) -> all.putObject(symbol)
                .put("step", lot.step())
                .put("least", lot.least())
                .put("least_value", lot.leastValue()));
            return stored;
        }

    }

}
