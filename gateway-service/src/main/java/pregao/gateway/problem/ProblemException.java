package pregao.gateway.problem;

/**
 * Carries a {@link ProblemDefinition} to the one place that answers it.
 */
public final class ProblemException extends RuntimeException {

    private final transient ProblemDefinition problem;

    ProblemException(ProblemDefinition problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    ProblemDefinition problem() {
        return this.problem;
    }

}
