package pregao.devcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.PidFile;
import pregao.devcluster.process.Signal;

/**
 * The children that a killed supervisor left behind in a data folder.
 */
public final class StaleProcesses {

    private static final String PID = ".pid";

    /** Where pid files are, in the order of stopping, and what makes a process end. */
    private static final Map<String, Signal> FOLDERS = new LinkedHashMap<>();

    static {
        FOLDERS.put("logs", Signal.TERM);
        FOLDERS.put("kafka", Signal.TERM);
        FOLDERS.put("redis", Signal.TERM);
        FOLDERS.put("postgres", Signal.INT);
    }

    private StaleProcesses() {
    }

    /**
     * Stops all of them, the services before the servers they use.
     * @param home the data folder, which nobody else has
     * @return their names
     */
    public static List<String> stop(Path home) {
        return stop(home, (name) -> true);
    }

    /**
     * Stops those that a stack would not start itself.
     * @param home the data folder, which nobody else has
     * @param wanted the names of the parts that it starts
     * @return the names of those that were stopped
     */
    static List<String> stopAllBut(Path home, Set<String> wanted) {
        return stop(home, (name) -> !wanted.contains(name));
    }

    /**
     * Those that run.
     * @param home the data folder, which nobody else has
     * @return their names
     */
    static Set<String> running(Path home) {
        return FOLDERS.keySet()
            .stream()
            .flatMap((folder) -> pidFiles(home.resolve(folder)).stream())
            .filter((file) -> new PidFile(file).process().isPresent())
            .map(StaleProcesses::name)
            .collect(Collectors.toSet());
    }

    private static List<String> stop(Path home, Predicate<String> which) {
        List<String> names = new ArrayList<>();
        FOLDERS.forEach((folder,
                signal) -> names.addAll(pidFiles(home.resolve(folder)).stream()
                    .filter((file) -> which.test(name(file)))
                    .parallel()
                    .filter((file) -> stopOne(file, signal))
                    .map(StaleProcesses::name)
                    .toList()));
        return names;
    }

    private static List<Path> pidFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter((file) -> file.toString().endsWith(PID)).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(PID, "");
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
