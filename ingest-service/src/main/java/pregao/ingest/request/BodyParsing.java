package pregao.ingest.request;

import pregao.ingest.parser.MalformedBodyException;
import pregao.ingest.parser.TooManyItemsException;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Reads items, and says as a problem why there are none.
 */
public final class BodyParsing {

    private BodyParsing() {
    }

    /**
     * Reads a post.
     * @param <T> what it holds
     * @param request the post
     * @param parser how
     * @return its items
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
     * How a post is read.
     *
     * @param <T> what it holds
     */
    @FunctionalInterface
    public interface ParseFunction<T> {

        T parse(IngestRequest request) throws MalformedBodyException, TooManyItemsException;

    }

}
