package pregao.strategy.document;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import pregao.http.problem.FieldError;
import pregao.http.problem.Trouble;

/**
 * Documents as they come and go over HTTP.
 */
public final class Body {

    private static final int MOST_ERRORS = 100;

    private Body() {
    }

    /**
     * Reads the body of a request.
     * @param body as it came
     * @return its tree
     * @throws pregao.http.problem.TroubleException 400 where it is no JSON
     */
    public static JsonNode read(byte[] body) {
        return Json.read(body)
            .orElseThrow(() -> new Trouble("bad-request", "Nothing can be read", 400,
                    "The body is no JSON, or names a field twice", List.of(), Map.of())
                .asException());
    }

    /**
     * Says what is wrong.
     * @param wrong at least one
     * @return a 422
     */
    public static Trouble trouble(List<Wrong> wrong) {
        return Trouble.invalid(
                wrong.stream().limit(MOST_ERRORS).map((one) -> new FieldError(one.path(), one.expected())).toList());
    }

}
