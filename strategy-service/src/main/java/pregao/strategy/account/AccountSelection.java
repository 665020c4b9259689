package pregao.strategy.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.strategy.json.ObjectReader;
import pregao.webapi.problem.FieldValidator;

/**
 * With which account and which money somebody wants to trade.
 *
 * @param account of which broker account; null for paper
 * @param money with which money
 */
public record AccountSelection(@Nullable UUID account, TradingMode money) {

    private static final Map<String, TradingMode> MONEY = new LinkedHashMap<>();

    static {
        for (TradingMode money : TradingMode.values()) {
            MONEY.put(money.text(), money);
        }
    }

    /**
     * Reads the fields {@code account} and {@code money}, noting what is wrong.
     * @param document that has them, or not
     * @return paper where nothing is said; something harmless where it is wrong
     */
    public static AccountSelection read(ObjectReader document) {
        UUID account = account(document);
        TradingMode money = document.word("money", MONEY, (account == null) ? TradingMode.PAPER : TradingMode.DEMO);
        if ((money == TradingMode.PAPER) != (account == null)) {
            document.wrong("money", "paper with the account paper, else demo or real");
        }
        return new AccountSelection(account, money);
    }

    private static @Nullable UUID account(ObjectReader document) {
        JsonNode given = document.get("account");
        String text = (given == null) ? "paper" : given.isString() ? given.stringValue() : "";
        try {
            return text.equals("paper") ? null : UUID.fromString(text);
        }
        catch (IllegalArgumentException ex) {
            document.wrong("account", "paper, or the id of one of your accounts at /api/brokers/accounts");
            return null;
        }
    }

    /**
     * Notes where real money is wanted and not allowed.
     * @param fields takes what is wrong
     * @param money that is wanted
     * @param allowed whether the operator and the person both allow it
     */
    public static void requireAllowed(FieldValidator fields, TradingMode money, boolean allowed) {
        fields.require(money != TradingMode.REAL || allowed, "money",
                "demo, as the operator and you have not both switched real money on");
    }

}
