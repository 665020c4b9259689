package pregao.strategy.account;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;

/**
 * In which asset an account at an exchange is to be counted.
 *
 * @param currency such as {@code USDT}
 */
record ChooseCurrencyRequest(String currency) {

    private static final Pattern CURRENCY_PATTERN = Pattern.compile("[A-Z0-9]{2,10}");

    /**
     * Reads.
     * @param body as it came
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static ChooseCurrencyRequest read(JsonNode body) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        JsonNode node = document.get("currency");
        String currency = (node != null) ? node.asString("") : "";
        if (!CURRENCY_PATTERN.matcher(currency).matches()) {
            document.wrong("currency", "2 to 10 of A to Z and 0 to 9");
        }
        document.noOthers();
        if (!errors.isEmpty()) {
            throw JsonBody.trouble(errors).asException();
        }
        return new ChooseCurrencyRequest(currency);
    }

}
