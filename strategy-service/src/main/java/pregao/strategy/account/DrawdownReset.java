package pregao.strategy.account;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;

/**
 * That the drawdown of an account is to begin anew.
 *
 * @param reason why, in words
 */
record DrawdownReset(String reason) {

    private static final int MAX_REASON_LENGTH = 200;

    /**
     * Reads.
     * @param body as it came
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static DrawdownReset read(JsonNode body) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        String reason = document.text("reason", MAX_REASON_LENGTH);
        document.noOthers();
        if (!errors.isEmpty()) {
            throw JsonBody.trouble(errors).asException();
        }
        return new DrawdownReset(reason);
    }

}
