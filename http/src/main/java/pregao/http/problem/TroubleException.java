package pregao.http.problem;

/**
 * Carries a {@link Trouble} to the one place that answers it.
 */
public final class TroubleException extends RuntimeException {

    private final transient Trouble trouble;

    TroubleException(Trouble trouble) {
        super(trouble.detail(), null, false, false);
        this.trouble = trouble;
    }

    /**
     * The trouble.
     * @return its kind and its case
     */
    public Trouble trouble() {
        return this.trouble;
    }

}
