package pregao.devcluster.replay;

/**
 * A request that sending again would not help.
 */
public final class PostRefusedException extends Exception {

    private final int status;

    PostRefusedException(int status, String problem) {
        super("%d: %s".formatted(status, problem));
        this.status = status;
    }

    /**
     * The status of the answer.
     * @return an HTTP status, or 0 where no answer came for too long
     */
    public int status() {
        return this.status;
    }

}
