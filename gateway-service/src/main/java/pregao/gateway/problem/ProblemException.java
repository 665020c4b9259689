package pregao.gateway.problem;

/**
 * Exception that carries a {@link ProblemDefinition} to {@link ProblemExceptionHandler}.
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
