package pregao.contracts.service;

/**
 * Headers that only services of the installation may write.
 */
public final class InternalHeader {

    /** From where a request came; believed only beside {@link #PASS}. */
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** That a replica passed a request on; believed only beside {@link #PASS}. */
    public static final String HOP = "X-Pregao-Hop";

    /** The token of who passes a request on, for {@link Operation#REQUESTS_FORWARD}. */
    public static final String PASS = "X-Pregao-Gateway";

    /** Which host the caller asked for; believed only beside {@link #PASS}. */
    public static final String HOST = "X-Pregao-Host";

    private InternalHeader() {
    }

}
