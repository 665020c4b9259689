package pregao.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import pregao.stack.process.ChildProcess;
import pregao.stack.process.PidFile;
import pregao.stack.process.Signal;

/**
 * The children that a killed supervisor left behind in a data folder.
 */
public final class Orphans {

    private Orphans() {
    }

    /**
     * Stops them, the services before the servers they use.
     * @param home the data folder, which nobody else has
     * @return their names
     */
    public static List<String> stop(Path home) {
        List<String> names = new ArrayList<>();
        names.addAll(stopIn(home.resolve("logs"), Signal.TERM));
        names.addAll(stopIn(home.resolve("kafka"), Signal.TERM));
        names.addAll(stopIn(home.resolve("redis"), Signal.TERM));
        names.addAll(stopIn(home.resolve("postgres"), Signal.INT));
        return names;
    }

    private static List<String> stopIn(Path folder, Signal signal) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter((file) -> file.toString().endsWith(".pid"))
                .parallel()
                .filter((file) -> stopOne(file, signal))
                .map((file) -> String.valueOf(file.getFileName()).replace(".pid", ""))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean stopOne(Path file, Signal signal) {
        PidFile pidFile = new PidFile(file);
        boolean found = pidFile.process().map((process) -> {
            ChildProcess.stop(process, signal);
            return true;
        }).orElse(false);
        pidFile.delete();
        return found;
    }

}
