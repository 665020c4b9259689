package pregao.ingest.request;

import pregao.ingest.parser.MalformedBodyException;
import pregao.ingest.parser.TooManyItemsException;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Parsing of request bodies, with parse errors converted to problem details.
 */
public final class BodyParsing {

    private BodyParsing() {
    }

    /**
     * Parses a request.
     * @param <T> the type of the parsed items
     * @param request the request
     * @param parser the parser for the body
     * @return the parsed items
     * @throws IngestException 400 if the body is malformed, 413 if it has too many items
     */
    public static <T> T parse(IngestRequest request, ParseFunction<T> parser) {
        try {
            return parser.parse(request);
        }
        catch (MalformedBodyException ex) {
            String position = "line %d, column %d (byte %d)".formatted(ex.line(), ex.column(), ex.offset());
            throw IngestException
                .of(ProblemType.UNREADABLE_BODY,
                        "expected %s at %s: %s".formatted(ex.expected(), position, ex.getMessage()))
                .member("line", ex.line())
                .member("column", ex.column())
                .member("offset", ex.offset())
                .error(new IngestException.FieldError(-1, "body", ex.expected(), String.valueOf(ex.getMessage())));
        }
        catch (TooManyItemsException ex) {
            throw IngestException.of(ProblemType.TOO_LARGE, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * Parser for the body of a request.
     *
     * @param <T> the type of the parsed items
     */
    @FunctionalInterface
    public interface ParseFunction<T> {

        T parse(IngestRequest request) throws MalformedBodyException, TooManyItemsException;

    }

}
