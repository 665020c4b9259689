package pregao.gateway.problem;

/**
 * Carries a {@link ProblemDefinition} to the one place that answers it.
 */
public final class ProblemException extends RuntimeException {

    private final transient ProblemDefinition trouble;

    ProblemException(ProblemDefinition trouble) {
        super(trouble.detail(), null, false, false);
        this.trouble = trouble;
    }

    ProblemDefinition trouble() {
        return this.trouble;
    }

}
