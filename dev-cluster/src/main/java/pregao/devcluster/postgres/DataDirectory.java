package pregao.devcluster.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import pregao.devcluster.process.BinaryCache;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.Signal;
import pregao.devcluster.process.StartupException;

/**
 * The data directory of a PostgreSQL, and what an earlier run may have left in it.
 */
final class DataDirectory {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Path data;

    private final PostgresBinaries binaries;

    DataDirectory(Path data, PostgresBinaries binaries) {
        this.data = data;
        this.binaries = binaries;
    }

    Path data() {
        return this.data;
    }

    /**
     * Makes the directory where it is missing. It appears complete or not at all: a
     * killed run leaves a draft, which the next one throws away.
     * @param superuser its superuser
     */
    void createIfMissing(DatabaseCredentials superuser) {
        if (Files.exists(this.data.resolve("PG_VERSION"))) {
            return;
        }
        Path draft = this.data.resolveSibling("draft");
        Path password = this.data.resolveSibling("password");
        try {
            BinaryCache.delete(draft);
            Files.createDirectories(draft);
            Files.deleteIfExists(password);
            Files.createFile(password, java.nio.file.attribute.PosixFilePermissions
                .asFileAttribute(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, superuser.password());
            initialize(draft, password, superuser.user());
            Files.move(draft, this.data, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new StartupException("cannot make " + this.data + ": " + ex.getMessage(), ex);
        }
        finally {
            password.toFile().delete();
        }
    }

    private void initialize(Path draft, Path password, String user) throws IOException {
        List<String> line = this.binaries.line("initdb",
                List.of("-D", draft.toString(), "-U", user, "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8",
                        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        Path log = this.data.resolveSibling("initdb.log");
        Process initdb = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (!initdb.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                initdb.destroyForcibly();
                throw new StartupException("initdb did not end within " + TIMEOUT.toSeconds() + " s; see " + log);
            }
        }
        catch (InterruptedException ex) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted", ex);
        }
        if (initdb.exitValue() != 0) {
            throw new StartupException(
                    "initdb ended with " + initdb.exitValue() + ":\n" + Files.readString(log, StandardCharsets.UTF_8));
        }
    }

    /**
     * Stops the postmaster that a killed run left behind: it still runs with that run's
     * settings. A lock file without its process is removed, even if its id belongs to
     * another process by now.
     * @return whether there was one
     */
    boolean stopOrphan() {
        Optional<ProcessHandle> orphan = postmaster();
        orphan.ifPresent((process) -> ChildProcess.stop(process, Signal.INT));
        try {
            Files.deleteIfExists(this.data.resolve("postmaster.pid"));
        }
        catch (IOException ex) {
            throw new StartupException("cannot remove a stale lock in " + this.data + ": " + ex.getMessage(), ex);
        }
        return orphan.isPresent();
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines = Files.readAllLines(this.data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter((process) -> process.info()
                    .commandLine()
                    .map((line) -> line.contains(this.data.toString()))
                    .orElse(false));
        }
        catch (IOException | NumberFormatException ex) {
            return Optional.empty();
        }
    }

}
