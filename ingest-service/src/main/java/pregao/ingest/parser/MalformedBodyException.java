package pregao.ingest.parser;

/**
 * A body in which no item can be told from another.
 */
public final class MalformedBodyException extends Exception {

    private final String expected;

    private final int line;

    private final int column;

    private final long offset;

    MalformedBodyException(String message, String expected, int line, int column, long offset) {
        super(message);
        this.expected = expected;
        this.line = line;
        this.column = column;
        this.offset = offset;
    }

    /**
     * A body that is unreadable as a whole.
     * @param message what is wrong
     * @param expected what would be right
     */
    public MalformedBodyException(String message, String expected) {
        this(message, expected, 1, 1, 0);
    }

    public String expected() {
        return this.expected;
    }

    /**
     * Where it went wrong.
     * @return from 1
     */
    public int line() {
        return this.line;
    }

    /**
     * Where it went wrong.
     * @return from 1
     */
    public int column() {
        return this.column;
    }

    /**
     * Where it went wrong.
     * @return bytes of the body before it
     */
    public long offset() {
        return this.offset;
    }

}
