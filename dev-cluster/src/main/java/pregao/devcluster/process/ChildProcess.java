package pregao.devcluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A running child, in a session of its own where the system can do that, so that the
 * terminal's Ctrl-C reaches only us and we stop our children in order.
 */
public final class ChildProcess implements ManagedProcess {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final long LARGEST_LOG = 10L << 20;

    private static final int TAIL_BYTES = 4096;

    /** From here on an exit code is the number of a signal. */
    private static final int SIGNALS = 128;

    private final ProcessSpec command;

    private final ProcessHandle process;

    /** Only of a child of this process can the exit code be known. */
    private final @Nullable Process own;

    private ChildProcess(ProcessSpec command, ProcessHandle process, @Nullable Process own) {
        this.command = command;
        this.process = process;
        this.own = own;
    }

    /**
     * Takes over the child of an earlier supervisor, where it was started in the same way
     * and works.
     * @param command how
     * @param healthy whether it works
     * @return the child, or empty where it has to be started
     */
    public static Optional<ChildProcess> adopt(ProcessSpec command, BooleanSupplier healthy) {
        return command.pidFile()
            .process(command.fingerprint())
            .filter((process) -> healthy.getAsBoolean())
            .map((process) -> new ChildProcess(command, process, null));
    }

    /**
     * Starts a child; one that an earlier run left behind is stopped before.
     * @param command how
     * @return the child, which may still end at once
     */
    public static ChildProcess start(ProcessSpec command) {
        try {
            Files.createDirectories(command.folder());
            stopOrphan(command);
            rotate(command.log());
            List<String> line = new ArrayList<>();
            executable("setsid").ifPresent((setsid) -> line.add(setsid.toString()));
            line.addAll(command.arguments());
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
            builder.environment().putAll(command.environment());
            builder.environment().values().removeIf(String::isEmpty);
            return remembered(command, builder.start());
        }
        catch (IOException | UncheckedIOException ex) {
            throw new StartupException(command.name() + " cannot be started: " + ex.getMessage(), ex);
        }
    }

    /** A child that is not remembered would run on unseen, so it does not run at all. */
    private static ChildProcess remembered(ProcessSpec command, Process process) throws IOException {
        try {
            process.getOutputStream().close();
            command.pidFile().write(process.toHandle(), command.fingerprint());
            return new ChildProcess(command, process.toHandle(), process);
        }
        catch (IOException | UncheckedIOException ex) {
            process.destroyForcibly();
            throw ex;
        }
    }

    /**
     * Stops the child that an earlier run left behind, if there is one.
     * @param command how it was started
     * @return whether there was one
     */
    public static boolean stopOrphan(ProcessSpec command) {
        boolean found = command.pidFile().process().map((orphan) -> {
            stop(orphan, command.stop());
            return true;
        }).orElse(false);
        command.pidFile().delete();
        return found;
    }

    /**
     * Ends a process in order, or by force when it does not listen.
     * @param process which
     * @param signal what makes it end in order
     */
    public static void stop(ProcessHandle process, Signal signal) {
        signal.send(process.pid());
        Signal.CONT.send(process.pid()); // one that stands still would not hear it
        if (!Await.holdsWithin(GRACE, () -> !isRunning(process))) {
            Signal.KILL.send(process.pid());
            Await.holdsWithin(GRACE, () -> !isRunning(process));
        }
    }

    /**
     * Whether a process runs. One that ended is still there until its parent asks for its
     * exit code, which the parent of an orphan may never do.
     * @param process which
     * @return false where it ended
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** While one of its threads still ends, its files and locks are not free yet. */
    private static boolean isZombie(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            String state = Files.readString(folder.resolve("stat"));
            return state.startsWith(" Z", state.lastIndexOf(')') + 1) && threads.count() == 1;
        }
        catch (IOException ex) {
            return false; // ended meanwhile, or no Linux
        }
    }

    /**
     * A program on the path.
     * @param name its name
     * @return where it is
     */
    public static Optional<Path> executable(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
            .filter((folder) -> !folder.isEmpty())
            .map((folder) -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public long pid() {
        return this.process.pid();
    }

    @Override
    public boolean isAlive() {
        Process child = this.own;
        return (child != null) ? child.isAlive() : isRunning(this.process);
    }

    @Override
    public boolean isAdopted() {
        return this.own == null;
    }

    /**
     * Waits until it ends.
     * @param bound for how long at most
     * @return whether it did
     * @throws InterruptedException where the thread is to stop
     */
    public boolean waitFor(Duration bound) throws InterruptedException {
        Process child = this.own;
        return child == null || child.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String ending() {
        if (isAlive()) {
            return "";
        }
        Process child = this.own;
        if (child == null) {
            return "with an exit code that only the supervisor that started it could know";
        }
        int code = child.exitValue();
        return (code > SIGNALS) ? "by signal " + Signal.described(code - SIGNALS) : "with exit code " + code;
    }

    /**
     * Waits until the child is ready.
     * @param bound for how long at most
     * @param ready what tells
     * @throws StartupException with the end of its log, when it ended or the wait was in
     * vain
     */
    public void awaitReady(Duration bound, BooleanSupplier ready) {
        boolean came = Await.holdsWithin(bound, () -> !isAlive() || ready.getAsBoolean());
        if (!isAlive()) {
            throw new StartupException(this.command.name() + " ended " + ending() + " while starting; "
                    + this.command.log() + " ends with:\n" + tail());
        }
        if (!came) {
            throw new StartupException(this.command.name() + " is not ready after " + bound.toSeconds() + " s; "
                    + this.command.log() + " ends with:\n" + tail());
        }
    }

    @Override
    public String tail() {
        try (FileChannel file = FileChannel.open(this.command.log())) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            byte[] bytes = new byte[(int) (file.size() - file.position())];
            int length = Math.max(0, file.read(ByteBuffer.wrap(bytes)));
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            return "(no log: " + ex.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        stop(this.process, this.command.stop());
        // An ended child of ours counts as alive until its exit code is taken.
        Await.holdsWithin(GRACE, () -> !isAlive());
        this.command.pidFile().delete();
    }

}
