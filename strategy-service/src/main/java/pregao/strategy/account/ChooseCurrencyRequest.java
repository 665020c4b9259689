package pregao.strategy.account;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;

/**
 * The request to set the accounting currency of an exchange account.
 *
 * @param currency the asset code, such as {@code USDT}
 */
record ChooseCurrencyRequest(String currency) {

    private static final Pattern CURRENCY_PATTERN = Pattern.compile("[A-Z0-9]{2,10}");

    /**
     * Reads and validates a request.
     * @param body the JSON body
     * @return the valid request
     * @throws pregao.webapi.problem.ProblemException 422 with all field errors
     */
    static ChooseCurrencyRequest read(JsonNode body) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        JsonNode node = document.get("currency");
        String currency = (node != null) ? node.asString("") : "";
        if (!CURRENCY_PATTERN.matcher(currency).matches()) {
            document.addError("currency", "2 to 10 of A to Z and 0 to 9");
        }
        document.rejectUnknownFields();
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new ChooseCurrencyRequest(currency);
    }

}
