package pregao.devcluster.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How much memory a process and its children take. What several share is counted once:
 * each has its part of it.
 */
final class ProcessMemory {

    private static final String SHARE = "Pss:";

    private ProcessMemory() {
    }

    /**
     * The memory of a process with its children.
     * @param pid which
     * @return bytes; 0 where the system does not tell (only Linux does)
     */
    static long of(long pid) {
        return ProcessHandle.of(pid)
            .map((process) -> Stream.concat(Stream.of(process), process.descendants())
                .mapToLong((each) -> share(each.pid()))
                .sum())
            .orElse(0L);
    }

    private static long share(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter((line) -> line.startsWith(SHARE))
                .mapToLong((line) -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        }
        catch (IOException | java.io.UncheckedIOException ex) {
            return 0;
        }
    }

}
