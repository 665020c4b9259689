package pregao.strategy.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * Documents as they come and go over HTTP.
 */
public final class JsonBody {

    private static final int MOST_ERRORS = 100;

    private JsonBody() {
    }

    /**
     * Reads the body of a request.
     * @param body as it came
     * @return its tree
     * @throws pregao.webapi.problem.ProblemException 400 where it is no JSON, 422 where a
     * text in it is no plain one
     */
    public static JsonNode read(byte[] body) {
        JsonNode tree = ExactJson.read(body)
            .orElseThrow(() -> new ProblemDefinition("bad-request", "Nothing can be read", 400,
                    "The body is no JSON, or names a field twice", List.of(), Map.of())
                .asException());
        List<DocumentError> wrong = new ArrayList<>();
        findUnplain(tree, "", wrong);
        if (!wrong.isEmpty()) {
            throw trouble(wrong).asException();
        }
        return tree;
    }

    private static void findUnplain(JsonNode node, String path, List<DocumentError> wrong) {
        if (node.isString() && !TextRule.isPlain(node.stringValue())) {
            wrong.add(new DocumentError(path.isEmpty() ? "body" : path, TextRule.EXPECTED));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findUnplain(node.get(i), "%s[%d]".formatted(path, i), wrong);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean plain = TextRule.isPlain(field.getKey());
            String at = (path.isEmpty() ? "" : path + ".") + (plain ? field.getKey() : TextRule.UNTOLD);
            if (!plain) {
                wrong.add(new DocumentError(at, TextRule.EXPECTED));
            }
            findUnplain(field.getValue(), at, wrong);
        }
    }

    /**
     * Says what is wrong.
     * @param wrong at least one
     * @return a 422
     */
    public static ProblemDefinition trouble(List<DocumentError> wrong) {
        return ProblemDefinition.invalid(wrong.stream()
            .limit(MOST_ERRORS)
            .map((one) -> new FieldViolation(one.path(), one.expected()))
            .toList());
    }

}
