package pregao.stack.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What can be sent to a process, beyond what the JDK can send.
 */
public enum Signal {

    /** Please end. */
    TERM,
    /** Interrupt; for PostgreSQL: end now, in order. */
    INT,
    /** End without a word. */
    KILL,
    /** Stand still. */
    STOP,
    /** Go on. */
    CONT;

    /**
     * Sends it.
     * @param pid to whom; an ended process is no failure
     */
    public void send(long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name() + " " + pid)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException("no shell to send a signal with", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
