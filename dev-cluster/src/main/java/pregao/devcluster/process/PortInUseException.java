package pregao.devcluster.process;

/**
 * A port is taken by somebody else.
 */
public final class PortInUseException extends StartupException {

    private final int port;

    PortInUseException(String name, int port, String owner) {
        super("port " + port + " for " + name + " is in use" + (owner.isEmpty() ? "" : " by " + owner)
                + "; stop that, or choose another: ./pregao start --" + name + "-port N (or --port-base N for all)");
        this.port = port;
    }

    /**
     * Which one.
     * @return the number
     */
    public int port() {
        return this.port;
    }

}
