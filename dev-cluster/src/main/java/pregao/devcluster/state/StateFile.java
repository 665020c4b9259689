package pregao.devcluster.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import pregao.devcluster.process.PidFile;
import pregao.devcluster.process.StartupException;

/**
 * The state file of a data folder, and the lock that only one stack can hold. The system
 * releases the lock of a killed process, so no stale one can be in the way.
 */
public final class StateFile implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();

    private final Path home;

    private @Nullable FileChannel channel;

    public StateFile(Path home) {
        this.home = home;
    }

    /**
     * Takes the data folder for this process.
     * @return false where another process has it
     * @throws StartupException where the folder cannot be written to
     */
    public synchronized boolean take() {
        try {
            Files.createDirectories(this.home);
            FileChannel opened = FileChannel.open(this.home.resolve("stack.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            this.channel = opened;
            if (opened.tryLock() == null) {
                opened.close();
                return false;
            }
            new PidFile(pidPath()).write(ProcessHandle.current());
            return true;
        }
        catch (OverlappingFileLockException ex) {
            return false;
        }
        catch (IOException | UncheckedIOException ex) {
            throw new StartupException("cannot write to " + this.home + ": " + ex.getMessage(), ex);
        }
    }

    private Path pidPath() {
        return this.home.resolve("stack.pid");
    }

    /**
     * The process that has the data folder.
     * @return the supervisor, where one runs
     */
    public Optional<ProcessHandle> supervisor() {
        return new PidFile(pidPath()).process();
    }

    /**
     * Tells the others.
     * @param report how the stack is
     * @throws UncheckedIOException where the file cannot be written; the last one stays
     */
    public synchronized void write(ClusterReport report) {
        try {
            Path draft = this.home.resolve("stack.json.new");
            Files.writeString(draft, JSON.writeValueAsString(report));
            Files.move(draft, this.home.resolve("stack.json"), StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What the stack said last, whether or not it still runs.
     * @return its report, where there is one
     */
    public Optional<ClusterReport> read() {
        try {
            return Optional.of(JSON.readValue(Files.readString(this.home.resolve("stack.json")), ClusterReport.class));
        }
        catch (IOException | JacksonException ex) {
            return Optional.empty(); // never started
        }
    }

    /**
     * What the stack says, where it runs.
     * @return its report, where its process lives
     */
    public Optional<ClusterReport> running() {
        return read()
            .filter((report) -> supervisor().map(ProcessHandle::pid).filter((pid) -> pid == report.pid()).isPresent());
    }

    @Override
    public synchronized void close() {
        try {
            new PidFile(pidPath()).delete();
            if (this.channel != null) {
                this.channel.close(); // the lock goes with it
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
