package pregao.devcluster.process;

import java.io.IOException;
import java.util.Map;
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

    private static final Map<Integer, String> NAMES = Map.of(1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 7,
            "BUS", 9, "KILL", 11, "SEGV", 13, "PIPE", 15, "TERM");

    /**
     * What a number means.
     * @param number of a signal
     * @return such as {@code 9 (KILL)}
     */
    static String described(int number) {
        String name = NAMES.get(number);
        return (name != null) ? number + " (" + name + ")" : Integer.toString(number);
    }

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
