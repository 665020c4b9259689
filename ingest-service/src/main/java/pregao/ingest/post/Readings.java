package pregao.ingest.post;

import pregao.ingest.ea.TooManyItems;
import pregao.ingest.ea.UnreadableBody;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Reads items, and says as a problem why there are none.
 */
public final class Readings {

    private Readings() {
    }

    /**
     * Reads a post.
     * @param <T> what it holds
     * @param post the post
     * @param reading how
     * @return its items
     */
    public static <T> T read(Post post, Reading<T> reading) {
        try {
            return reading.read(post);
        }
        catch (UnreadableBody ex) {
            String where = "line %d, column %d (byte %d)".formatted(ex.line(), ex.column(), ex.offset());
            throw Problem
                .of(ProblemType.UNREADABLE_BODY,
                        "expected %s at %s: %s".formatted(ex.expected(), where, ex.getMessage()))
                .number("line", ex.line())
                .number("column", ex.column())
                .number("offset", ex.offset())
                .error(new Problem.FieldError(-1, "body", ex.expected(), String.valueOf(ex.getMessage())));
        }
        catch (TooManyItems ex) {
            throw Problem.of(ProblemType.TOO_LARGE, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * How a post is read.
     *
     * @param <T> what it holds
     */
    @FunctionalInterface
    public interface Reading<T> {

        T read(Post post) throws UnreadableBody, TooManyItems;

    }

}
