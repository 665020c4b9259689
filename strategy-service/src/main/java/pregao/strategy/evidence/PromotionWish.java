package pregao.strategy.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import pregao.http.problem.PlainText;
import pregao.strategy.account.Money;
import pregao.strategy.document.Body;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;

/**
 * What somebody confirms.
 *
 * @param evidence the report they have seen
 * @param account with which account the new bot trades
 * @param money with which money of it
 * @param confirm the name of the bot, typed once more
 */
record PromotionWish(UUID evidence, UUID account, Money money, String confirm) {

    private static final int LONGEST_NAME = 80;

    private static final UUID NONE = new UUID(0, 0);

    private static final Map<String, Money> MONEY = new LinkedHashMap<>();

    static {
        MONEY.put(Money.DEMO.text(), Money.DEMO);
        MONEY.put(Money.REAL.text(), Money.REAL);
    }

    /**
     * Reads.
     * @param body as it came
     * @param name of the bot
     * @return checked
     * @throws pregao.http.problem.TroubleException 422 naming all that is wrong
     */
    static PromotionWish read(JsonNode body, String name) {
        List<Wrong> wrong = new ArrayList<>();
        Document document = Document.of(body, "", wrong);
        PromotionWish wish = new PromotionWish(id(document, "evidence", "the id of a report of this bot"),
                id(document, "account", "the id of one of your accounts at /api/brokers/accounts"),
                document.word("money", MONEY, null), document.name("confirm", LONGEST_NAME));
        if (!wish.confirm().equals(PlainText.form(name))) {
            document.wrong("confirm", "the name of the bot, letter by letter");
        }
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw Body.trouble(wrong).asException();
        }
        return wish;
    }

    private static UUID id(Document document, String field, String expected) {
        JsonNode given = document.get(field);
        try {
            return UUID.fromString((given != null && given.isString()) ? given.stringValue() : "");
        }
        catch (IllegalArgumentException ex) {
            document.wrong(field, expected);
            return NONE;
        }
    }

}
