package pregao.stack;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.stack.process.ChildProcess;
import pregao.stack.process.Command;
import pregao.stack.process.PortInUse;
import pregao.stack.process.Ports;
import pregao.stack.process.Signal;
import pregao.stack.process.Wait;
import pregao.stack.service.Service;
import pregao.stack.state.PartReport;
import pregao.stack.state.StateFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalStack}, of which only Redis runs.
 */
class LocalStackTests {

    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Path home() {
        return this.folder.resolve("home");
    }

    private static StackSettings onlyRedis(Path home, int port) {
        return StackSettings.forTests(home)
            .withServices(Set.of())
            .withAddresses(new Addresses("postgresql://127.0.0.1:1/pregao", "127.0.0.1:1", "", Map.of()))
            .withPorts(StackPorts.free().with(LocalStack.REDIS, port));
    }

    @Test
    void startsAgainWhatDiedWhileItsStateCannotBeWritten() throws IOException {
        try (LocalStack stack = LocalStack.start(onlyRedis(home(), Ports.free()))) {
            Path blocked = Files.createDirectories(home().resolve("stack.json.new")); // as
                                                                                      // a
                                                                                      // full
                                                                                      // disk
            long first = stack.kill9(LocalStack.REDIS);
            stack.awaitRestart(LocalStack.REDIS, first, BOUND);
            long second = stack.kill9(LocalStack.REDIS);
            stack.awaitRestart(LocalStack.REDIS, second, BOUND);

            Files.delete(blocked);
            Wait.until(BOUND, () -> "the state file tells of the process that runs",
                    () -> new StateFile(home()).read()
                        .flatMap((report) -> report.part(LocalStack.REDIS))
                        .map(PartReport::pid)
                        .filter((pid) -> pid == stack.pid(LocalStack.REDIS))
                        .isPresent());
        }
    }

    @Test
    void takesOverWhatAKilledSupervisorLeft() {
        int port = Ports.free();
        long left = leftBehind(port);
        try (LocalStack stack = LocalStack.start(onlyRedis(home(), port))) {
            assertThat(stack.pid(LocalStack.REDIS)).isEqualTo(left);
            assertThat(stack.adopted()).containsExactly(LocalStack.REDIS);
            assertThat(stack.orphans()).isEmpty();
            stack.awaitRestart(LocalStack.REDIS, stack.kill9(LocalStack.REDIS), BOUND);
            assertThat(stack.adopted()).isEmpty();
        }
        assertThat(Ports.isListening(port)).isFalse();
    }

    @Test
    void replacesWhatRunsWithOtherSettings() {
        long left = leftBehind(Ports.free());
        try (LocalStack stack = LocalStack.start(onlyRedis(home(), Ports.free()))) {
            assertThat(stack.pid(LocalStack.REDIS)).isNotEqualTo(left);
            assertThat(stack.adopted()).isEmpty();
            assertThat(stack.orphans()).containsExactly(LocalStack.REDIS);
        }
    }

    @Test
    void leavesNothingBehindThatItDidNotTakeOver() {
        int port = Ports.free();
        leftBehind(port);
        LocalStack.create(onlyRedis(home(), port), (report) -> {
        }).close();
        assertThat(Ports.isListening(port)).isFalse();
    }

    @Test
    void namesATakenPortBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            StackSettings settings = onlyRedis(home(), Ports.free()).withServices(Set.of(Service.SESSION));
            StackSettings moved = settings
                .withPorts(settings.ports().with(Service.SESSION.shortName(), taken.getLocalPort()));
            assertThatExceptionOfType(PortInUse.class).isThrownBy(() -> LocalStack.start(moved))
                .withMessageContaining("--session-port");
        }
        assertThat(home().resolve("redis")).doesNotExist();
        LocalStack.start(onlyRedis(home(), Ports.free())).close();
    }

    /** The process of a Redis whose supervisor was killed. */
    private long leftBehind(int port) {
        List<String> line = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dpregao.root=" + StackSettings.findRoot(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Supervisor.class.getName(), home().toString(), Integer.toString(port));
        try (ChildProcess supervisor = ChildProcess
            .start(new Command("supervisor", line, Map.of(), this.folder, Signal.KILL))) {
            Wait.until(BOUND, () -> "a supervisor runs\n" + supervisor.tail(),
                    () -> supervisor.tail().contains("redis runs"));
        }
        return new StateFile(home()).read().orElseThrow().part(LocalStack.REDIS).orElseThrow().pid();
    }

    /**
     * Supervises until it is killed.
     */
    static final class Supervisor {

        private Supervisor() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            LocalStack.start(onlyRedis(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
            System.out.println("redis runs");
            Thread.sleep(Duration.ofMinutes(10));
        }

    }

}
