package pregao.strategy.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import pregao.strategy.account.TradingMode;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;
import pregao.webapi.problem.TextRule;

/**
 * What somebody confirms.
 *
 * @param evidence the report they have seen
 * @param account with which account the new bot trades
 * @param money with which money of it
 * @param confirm the name of the bot, typed once more
 */
record PromotionRequest(UUID evidence, UUID account, TradingMode money, String confirm) {

    private static final int LONGEST_NAME = 80;

    private static final UUID NONE = new UUID(0, 0);

    private static final Map<String, TradingMode> MONEY = new LinkedHashMap<>();

    static {
        MONEY.put(TradingMode.DEMO.text(), TradingMode.DEMO);
        MONEY.put(TradingMode.REAL.text(), TradingMode.REAL);
    }

    /**
     * Reads.
     * @param body as it came
     * @param name of the bot
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static PromotionRequest read(JsonNode body, String name) {
        List<DocumentError> wrong = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", wrong);
        PromotionRequest wish = new PromotionRequest(id(document, "evidence", "the id of a report of this bot"),
                id(document, "account", "the id of one of your accounts at /api/brokers/accounts"),
                document.word("money", MONEY, null), document.name("confirm", LONGEST_NAME));
        if (!wish.confirm().equals(TextRule.form(name))) {
            document.wrong("confirm", "the name of the bot, letter by letter");
        }
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw JsonBody.trouble(wrong).asException();
        }
        return wish;
    }

    private static UUID id(ObjectReader document, String field, String expected) {
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
