package pregao.stack.process;

import java.io.IOException;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A running child, in a session of its own where the system can do that, so that the
 * terminal's Ctrl-C reaches only us and we stop our children in order.
 */
public final class ChildProcess implements Running {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final long LARGEST_LOG = 10L << 20;

    private static final int TAIL_BYTES = 4096;

    private final Command command;

    private final Process process;

    private ChildProcess(Command command, Process process) {
        this.command = command;
        this.process = process;
    }

    /**
     * Starts a child; one that an earlier run left behind is stopped before.
     * @param command how
     * @return the child, which may still end at once
     */
    public static ChildProcess start(Command command) {
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
            Process process = builder.start();
            process.getOutputStream().close();
            command.pidFile().write(process.toHandle());
            return new ChildProcess(command, process);
        }
        catch (IOException ex) {
            throw new StartFailed(command.name() + " cannot be started: " + ex.getMessage(), ex);
        }
    }

    /**
     * Stops the child that an earlier run left behind, if there is one.
     * @param command how it was started
     * @return whether there was one
     */
    public static boolean stopOrphan(Command command) {
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
        if (!Wait.holdsWithin(GRACE, () -> !process.isAlive())) {
            Signal.KILL.send(process.pid());
            Wait.holdsWithin(GRACE, () -> !process.isAlive());
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
        return this.process.isAlive();
    }

    /**
     * The process itself.
     * @return its handle
     */
    public Process process() {
        return this.process;
    }

    /**
     * Waits until the child is ready.
     * @param bound for how long at most
     * @param ready what tells
     * @throws StartFailed with the end of its log, when it ended or the wait was in vain
     */
    public void awaitReady(Duration bound, BooleanSupplier ready) {
        boolean came = Wait.holdsWithin(bound, () -> !isAlive() || ready.getAsBoolean());
        if (!isAlive()) {
            throw new StartFailed(this.command.name() + " ended with " + this.process.exitValue() + " while starting; "
                    + this.command.log() + " ends with:\n" + tail());
        }
        if (!came) {
            throw new StartFailed(this.command.name() + " is not ready after " + bound.toSeconds() + " s; "
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
        stop(this.process.toHandle(), this.command.stop());
        this.command.pidFile().delete();
    }

}
