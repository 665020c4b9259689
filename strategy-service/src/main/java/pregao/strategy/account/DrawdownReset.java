package pregao.strategy.account;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;

/**
 * The request to reset the drawdown of an account.
 *
 * @param reason the reason of the user, as free text
 */
record DrawdownReset(String reason) {

    private static final int MAX_REASON_LENGTH = 200;

    /**
     * Reads and validates a request.
     * @param body the JSON body
     * @return the valid request
     * @throws pregao.webapi.problem.ProblemException 422 with all field errors
     */
    static DrawdownReset read(JsonNode body) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        String reason = document.text("reason", MAX_REASON_LENGTH);
        document.rejectUnknownFields();
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new DrawdownReset(reason);
    }

}
