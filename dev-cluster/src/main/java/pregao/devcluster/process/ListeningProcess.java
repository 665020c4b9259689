package pregao.devcluster.process;

/**
 * A part that is a process of its own and listens on this machine.
 */
public abstract class ListeningProcess implements ManagedProcess {

    private final int port;

    private final ChildProcess child;

    /**
     * A part that was started.
     * @param port where it listens
     * @param child its process
     */
    protected ListeningProcess(int port, ChildProcess child) {
        this.port = port;
        this.child = child;
    }

    /**
     * Where it listens.
     * @return the port
     */
    public int port() {
        return this.port;
    }

    @Override
    public long pid() {
        return this.child.pid();
    }

    @Override
    public boolean isAlive() {
        return this.child.isAlive();
    }

    @Override
    public String ending() {
        return this.child.ending();
    }

    @Override
    public boolean isAdopted() {
        return this.child.isAdopted();
    }

    @Override
    public String tail() {
        return this.child.tail();
    }

    @Override
    public void close() {
        this.child.close();
    }

}
