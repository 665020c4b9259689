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
 * The request to promote a paper bot.
 *
 * @param evidence the id of the report
 * @param account the id of the account of the new bot
 * @param money the trading mode of the new bot, demo or real
 * @param confirm the name of the bot, which the user types as a confirmation
 */
record PromotionRequest(UUID evidence, UUID account, TradingMode money, String confirm) {

    private static final int MAX_NAME_LENGTH = 80;

    private static final UUID NO_ID = new UUID(0, 0);

    private static final Map<String, TradingMode> MODES = new LinkedHashMap<>();

    static {
        MODES.put(TradingMode.DEMO.text(), TradingMode.DEMO);
        MODES.put(TradingMode.REAL.text(), TradingMode.REAL);
    }

    /**
     * Parses a request.
     * @param body the body of the request
     * @param botName the name of the bot
     * @return the valid request
     * @throws pregao.webapi.problem.ProblemException 422 with an error for each wrong
     * field
     */
    static PromotionRequest parse(JsonNode body, String botName) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        PromotionRequest request = new PromotionRequest(parseId(document, "evidence", "the id of a report of this bot"),
                parseId(document, "account", "the id of one of your accounts at /api/brokers/accounts"),
                document.oneOf("money", MODES, null), document.name("confirm", MAX_NAME_LENGTH));
        if (!request.confirm().equals(TextRule.normalize(botName))) {
            document.addError("confirm", "the name of the bot, letter by letter");
        }
        document.rejectUnknownFields();
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return request;
    }

    private static UUID parseId(ObjectReader document, String field, String expected) {
        JsonNode value = document.get(field);
        try {
            return UUID.fromString((value != null && value.isString()) ? value.stringValue() : "");
        }
        catch (IllegalArgumentException ex) {
            document.addError(field, expected);
            return NO_ID;
        }
    }

}
