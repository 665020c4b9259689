package pregao.strategy.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import pregao.http.problem.FieldError;
import pregao.http.problem.PlainText;
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
     * @throws pregao.http.problem.TroubleException 400 where it is no JSON, 422 where a
     * text in it is no plain one
     */
    public static JsonNode read(byte[] body) {
        JsonNode tree = Json.read(body)
            .orElseThrow(() -> new Trouble("bad-request", "Nothing can be read", 400,
                    "The body is no JSON, or names a field twice", List.of(), Map.of())
                .asException());
        List<Wrong> wrong = new ArrayList<>();
        findUnplain(tree, "", wrong);
        if (!wrong.isEmpty()) {
            throw trouble(wrong).asException();
        }
        return tree;
    }

    private static void findUnplain(JsonNode node, String path, List<Wrong> wrong) {
        if (node.isString() && !PlainText.isPlain(node.stringValue())) {
            wrong.add(new Wrong(path.isEmpty() ? "body" : path, PlainText.EXPECTED));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findUnplain(node.get(i), "%s[%d]".formatted(path, i), wrong);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean plain = PlainText.isPlain(field.getKey());
            String at = (path.isEmpty() ? "" : path + ".") + (plain ? field.getKey() : PlainText.UNTOLD);
            if (!plain) {
                wrong.add(new Wrong(at, PlainText.EXPECTED));
            }
            findUnplain(field.getValue(), at, wrong);
        }
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
