package pregao.strategy.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.TextRule;

/**
 * Parses request bodies and reports their errors as problems.
 */
public final class JsonBody {

    private static final int MAX_ERRORS = 100;

    private JsonBody() {
    }

    /**
     * Parses the body of a request.
     * @param body the bytes of the body
     * @return the tree
     * @throws pregao.webapi.problem.ProblemException 400 if the body is not JSON, 422 if
     * a text or field name in it is not plain text
     */
    public static JsonNode parse(byte[] body) {
        JsonNode tree = ExactJson.parse(body)
            .orElseThrow(() -> new ProblemDefinition("bad-request", "Nothing can be read", 400,
                    "The body is no JSON, or names a field twice", List.of(), Map.of())
                .asException());
        List<DocumentError> errors = new ArrayList<>();
        findInvalidText(tree, "", errors);
        if (!errors.isEmpty()) {
            throw toProblem(errors).asException();
        }
        return tree;
    }

    private static void findInvalidText(JsonNode node, String path, List<DocumentError> errors) {
        if (node.isString() && !TextRule.isPlain(node.stringValue())) {
            errors.add(new DocumentError(path.isEmpty() ? "body" : path, TextRule.EXPECTED));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            findInvalidText(node.get(i), "%s[%d]".formatted(path, i), errors);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean isValidName = TextRule.isPlain(field.getKey());
            String fieldPath = (path.isEmpty() ? "" : path + ".")
                    + (isValidName ? field.getKey() : TextRule.HIDDEN_NAME);
            if (!isValidName) {
                errors.add(new DocumentError(fieldPath, TextRule.EXPECTED));
            }
            findInvalidText(field.getValue(), fieldPath, errors);
        }
    }

    /**
     * Creates a problem from errors. It lists at most 100 of them.
     * @param errors the errors, at least one
     * @return a problem with status 422
     */
    public static ProblemDefinition toProblem(List<DocumentError> errors) {
        return ProblemDefinition.invalidFields(errors.stream()
            .limit(MAX_ERRORS)
            .map((error) -> new FieldViolation(error.path(), error.expected()))
            .toList());
    }

}
