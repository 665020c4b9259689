package pregao.strategy.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.strategy.json.ObjectReader;
import pregao.webapi.problem.FieldValidator;

/**
 * The account and trading mode that a request selects.
 *
 * @param account the id of the broker account; null for paper
 * @param money the trading mode
 */
public record AccountSelection(@Nullable UUID account, TradingMode money) {

    private static final Map<String, TradingMode> MODES = new LinkedHashMap<>();

    static {
        for (TradingMode mode : TradingMode.values()) {
            MODES.put(mode.text(), mode);
        }
    }

    /**
     * Reads the fields {@code account} and {@code money} and records their errors.
     * @param document the document that may contain the fields
     * @return the selection; paper if {@code account} is missing, and a placeholder if
     * the fields are invalid
     */
    public static AccountSelection read(ObjectReader document) {
        UUID account = account(document);
        TradingMode mode = document.oneOf("money", MODES, (account == null) ? TradingMode.PAPER : TradingMode.DEMO);
        if ((mode == TradingMode.PAPER) != (account == null)) {
            document.addError("money", "paper with the account paper, else demo or real");
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
            document.addError("account", "paper, or the id of one of your accounts at /api/brokers/accounts");
            return null;
        }
    }

    /**
     * Records an error if a request selects real money without permission.
     * @param fields receives the error
     * @param mode the selected trading mode
     * @param allowed whether both the operator and the user allow real money
     */
    public static void requireAllowed(FieldValidator fields, TradingMode mode, boolean allowed) {
        fields.require(mode != TradingMode.REAL || allowed, "money",
                "demo, as the operator and you have not both switched real money on");
    }

}
