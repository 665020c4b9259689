package pregao.webapi.problem;

/**
 * Carries a {@link ProblemDefinition} to the one place that answers it.
 */
public final class ProblemException extends RuntimeException {

    private final transient ProblemDefinition trouble;

    ProblemException(ProblemDefinition trouble) {
        super(trouble.detail(), null, false, false);
        this.trouble = trouble;
    }

    /**
     * The trouble.
     * @return its kind and its case
     */
    public ProblemDefinition trouble() {
        return this.trouble;
    }

}
