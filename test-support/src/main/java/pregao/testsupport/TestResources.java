package pregao.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.springframework.util.FileSystemUtils;

/**
 * What tests of a process share is closed at its end, the last first, so that servers
 * have ended before their folders go.
 */
public final class TestResources {

    private static final Deque<AutoCloseable> OPEN = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TestResources::closeAll, "at the end of the tests"));
    }

    private TestResources() {
    }

    /**
     * Has something closed at the end.
     * @param what it
     * @return it
     */
    public static <T extends AutoCloseable> T close(T what) {
        OPEN.addFirst(what);
        return what;
    }

    /**
     * A folder for the servers of tests, which is gone after them.
     * @param name what it begins with
     */
    public static Path folder(String name) {
        try {
            Path folder = Files.createTempDirectory(name);
            close(() -> FileSystemUtils.deleteRecursively(folder));
            return folder;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void closeAll() {
        for (AutoCloseable each : OPEN) {
            try {
                each.close();
            }
            catch (Exception ex) {
                System.err.println("not closed: " + ex);
            }
        }
    }

}
