package pregao.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that names a process by its id and its start time, so that a reused id is not
 * mistaken for it.
 */
public final class PidFile {

    /**
     * The start time is derived from the boot time, which the system's clock may shift.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path path;

    public PidFile(Path path) {
        this.path = path;
    }

    /**
     * Remembers a process.
     * @param process a live one
     */
    public void write(ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Path draft = this.path.resolveSibling(this.path.getFileName() + ".new");
            Files.writeString(draft, process.pid() + " " + start + "\n");
            Files.move(draft, this.path, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * The process that the file names, where it still runs.
     * @return the process, or empty for no file, an ended process or a reused id
     */
    public Optional<ProcessHandle> process() {
        try {
            if (!Files.exists(this.path)) {
                return Optional.empty();
            }
            String text = Files.readString(this.path).strip();
            int space = text.indexOf(' ');
            long pid = Long.parseLong(text.substring(0, space));
            Instant start = Instant.ofEpochMilli(Long.parseLong(text.substring(space + 1)));
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter((process) -> startedAt(process, start));
        }
        catch (IOException | NumberFormatException | StringIndexOutOfBoundsException ex) {
            return Optional.empty(); // half written by a killed process: as good as none
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant start) {
        return process.info()
            .startInstant()
            .map((instant) -> Duration.between(instant, start).abs().compareTo(TOLERANCE) <= 0)
            .orElse(false);
    }

    /**
     * Forgets the process.
     */
    public void delete() {
        try {
            Files.deleteIfExists(this.path);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
