package pregao.webapi.problem;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Finds the field of a request body that could not be deserialized, and describes a valid
 * value.
 */
public final class UnreadableFieldResolver {

    private UnreadableFieldResolver() {
    }

    /**
     * Finds the field violation in the cause chain of a deserialization failure.
     * @param failure the failure to read a body
     * @return empty if no field is to blame, because the body is not JSON or not the
     * expected structure
     */
    public static Optional<FieldViolation> findFieldViolation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabindException exception && !exception.getPath().isEmpty()) {
                return Optional.of(new FieldViolation(formatPath(exception.getPath()), describeExpected(exception)));
            }
        }
        return Optional.empty();
    }

    private static String formatPath(List<JacksonException.Reference> path) {
        String field = path.stream()
            .map((reference) -> (reference.getPropertyName() != null)
                    ? "." + toPrintableName(reference.getPropertyName()) : "[" + reference.getIndex() + "]")
            .collect(Collectors.joining());
        return field.startsWith(".") ? field.substring(1) : field;
    }

    private static String toPrintableName(String name) {
        return (TextRule.isPlain(name) && name.length() <= 40) ? name : TextRule.HIDDEN_NAME;
    }

    private static String describeExpected(DatabindException exception) {
        return switch (exception) {
            case UnrecognizedPropertyException unknownProperty ->
                "no such field; known are " + unknownProperty.getKnownPropertyIds()
                    .stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            case InvalidFormatException invalidFormat when invalidFormat.getTargetType() == String.class ->
                TextRule.EXPECTED;
            case MismatchedInputException mismatch -> describeType(mismatch.getTargetType());
            default -> "JSON that can be read";
        };
    }

    private static String describeType(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        return switch (type.getSimpleName().toLowerCase(Locale.ROOT)) {
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "int", "integer", "long", "short", "biginteger" -> "a whole number";
            case "bigdecimal", "double", "float" -> "a number";
            case "uuid" -> "a UUID";
            case "instant" -> "a time with offset, such as 2025-10-20T03:00:00Z";
            case "list", "arraylist", "set", "collection" -> "an array";
            default -> "an object";
        };
    }

}
