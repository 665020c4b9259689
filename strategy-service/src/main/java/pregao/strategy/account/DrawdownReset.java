package pregao.strategy.account;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.strategy.document.Body;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;

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
     * @throws pregao.http.problem.TroubleException 422 naming all that is wrong
     */
    static DrawdownReset read(JsonNode body) {
        List<Wrong> wrong = new ArrayList<>();
        Document document = Document.of(body, "", wrong);
        String reason = document.text("reason", LONGEST_REASON);
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw Body.trouble(wrong).asException();
        }
        return new DrawdownReset(reason);
    }

}
