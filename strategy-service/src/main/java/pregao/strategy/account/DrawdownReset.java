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

    private static final int LONGEST_REASON = 200;

    /**
     * Reads.
     * @param body as it came
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static DrawdownReset read(JsonNode body) {
        List<DocumentError> wrong = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", wrong);
        String reason = document.text("reason", LONGEST_REASON);
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw JsonBody.trouble(wrong).asException();
        }
        return new DrawdownReset(reason);
    }

}
