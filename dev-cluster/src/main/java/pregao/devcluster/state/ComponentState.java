package pregao.devcluster.state;

/**
 * How a part of the stack is.
 */
public enum ComponentState {

    /** Not asked to run yet. */
    WAITING,
    /** Its process runs or is about to, but it cannot be used yet. */
    STARTING,
    /** It can be used. */
    READY,
    /** It died and is started again. */
    RESTARTING,
    /** It was told to end. */
    STOPPED,
    /** Somebody else runs it; only its address is known. */
    EXTERNAL

}
