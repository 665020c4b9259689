package pregao.ingest.parser;

/**
 * Thrown if a body cannot be split into items.
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
     * Creates an exception for a body that is unreadable as a whole.
     * @param message what is wrong
     * @param expected the expected structure
     */
    public MalformedBodyException(String message, String expected) {
        this(message, expected, 1, 1, 0);
    }

    public String expected() {
        return this.expected;
    }

    /**
     * Returns the line of the error.
     * @return the line, from 1
     */
    public int line() {
        return this.line;
    }

    /**
     * Returns the column of the error.
     * @return the column, from 1
     */
    public int column() {
        return this.column;
    }

    /**
     * Returns the position of the error.
     * @return the number of bytes before it
     */
    public long offset() {
        return this.offset;
    }

}
