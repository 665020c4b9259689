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

    private static final Map<String, TradingMode> MODES = new LinkedHashMap<>();

    static {
        for (TradingMode mode : TradingMode.values()) {
            MODES.put(mode.text(), mode);
        }
    }

    /**
     * Reads the fields {@code account} and {@code money}, noting what is wrong.
     * @param document that has them, or not
     * @return paper where nothing is said; something harmless where it is wrong
     */
    public static AccountSelection read(ObjectReader document) {
        UUID account = account(document);
        TradingMode mode = document.word("money", MODES, (account == null) ? TradingMode.PAPER : TradingMode.DEMO);
        if ((mode == TradingMode.PAPER) != (account == null)) {
            document.wrong("money", "paper with the account paper, else demo or real");
        }
        return new AccountSelection(account, mode);
    }

    private static @Nullable UUID account(ObjectReader document) {
        JsonNode node = document.get("account");
        String text = (node == null) ? "paper" : node.isString() ? node.stringValue() : "";
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
     * @param mode that is wanted
     * @param allowed whether the operator and the person both allow it
     */
    public static void requireAllowed(FieldValidator fields, TradingMode mode, boolean allowed) {
        fields.require(mode != TradingMode.REAL || allowed, "money",
                "demo, as the operator and you have not both switched real money on");
    }

}
