package pregao.devcluster.process;

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
 * mistaken for it, and by a fingerprint of how it was started.
 */
public final class PidFile {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /**
     * The place of the start time, in ticks since boot, behind the name in
     * /proc/pid/stat; see proc(5).
     */
    private static final int START_TICKS = 19;

    /**
     * Without /proc the start time is derived from the system's clock, which may shift a
     * little.
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
        write(process, "");
    }

    /**
     * Remembers a process and how it was started.
     * @param process a live one
     * @param fingerprint of its command, without blanks
     */
    public void write(ProcessHandle process, String fingerprint) {
        String start = startMark(process);
        try {
            Path draft = this.path.resolveSibling(this.path.getFileName() + ".new");
            Files.writeString(draft, (process.pid() + " " + start + " " + fingerprint).strip() + "\n");
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
        return fields().flatMap(PidFile::process);
    }

    /**
     * The process that the file names, where it still runs and was started in this way.
     * @param fingerprint of a command
     * @return the process, or empty as {@link #process()}, or for another fingerprint
     */
    public Optional<ProcessHandle> process(String fingerprint) {
        return fields().filter((fields) -> fields.length > 2 && fields[2].equals(fingerprint))
            .flatMap(PidFile::process);
    }

    private Optional<String[]> fields() {
        try {
            return Files.exists(this.path) ? Optional.of(Files.readString(this.path).strip().split(" ", -1))
                    : Optional.empty();
        }
        catch (IOException ex) {
            return Optional.empty(); // deleted meanwhile
        }
    }

    private static Optional<ProcessHandle> process(String[] fields) {
        try {
            if (fields.length < 2) {
                return Optional.empty(); // half written by a killed process: as good as
                                         // none
            }
            return ProcessHandle.of(Long.parseLong(fields[0]))
                .filter(ChildProcess::isRunning)
                .filter((process) -> startedAt(process, fields[1]));
        }
        catch (NumberFormatException ex) {
            return Optional.empty();
        }
    }

    private static boolean startedAt(ProcessHandle process, String mark) {
        return mark.contains("/") ? mark.equals(startMark(process))
                : Math.abs(startMillis(process) - Long.parseLong(mark)) <= TOLERANCE.toMillis();
    }

    /**
     * What tells the process from another with its id: the boot and the ticks since then,
     * which no change of the clock moves; epoch milliseconds where the system has no
     * /proc.
     */
    private static String startMark(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return Files.readString(BOOT_ID).strip() + "/"
                    + stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TICKS];
        }
        catch (IOException ex) {
            return Long.toString(startMillis(process));
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
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
