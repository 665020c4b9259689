package pregao.strategy.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.http.problem.Fields;
import pregao.strategy.document.Document;

/**
 * With which account and which money somebody wants to trade.
 *
 * @param account of which broker account; null for paper
 * @param money with which money
 */
public record AccountWish(@Nullable UUID account, Money money) {

    private static final Map<String, Money> MONEY = new LinkedHashMap<>();

    static {
        for (Money money : Money.values()) {
            MONEY.put(money.text(), money);
        }
    }

    /**
     * Reads the fields {@code account} and {@code money}, noting what is wrong.
     * @param document that has them, or not
     * @return paper where nothing is said; something harmless where it is wrong
     */
    public static AccountWish read(Document document) {
        UUID account = account(document);
        Money money = document.word("money", MONEY, (account == null) ? Money.PAPER : Money.DEMO);
        if ((money == Money.PAPER) != (account == null)) {
            document.wrong("money", "paper with the account paper, else demo or real");
        }
        return new AccountWish(account, money);
    }

    private static @Nullable UUID account(Document document) {
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
    public static void requireAllowed(Fields fields, Money money, boolean allowed) {
        fields.require(money != Money.REAL || allowed, "money",
                "demo, as the operator and you have not both switched real money on");
    }

}
