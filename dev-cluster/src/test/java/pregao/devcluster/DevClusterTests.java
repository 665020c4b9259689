package pregao.devcluster;

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

import pregao.devcluster.process.Await;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.PortInUseException;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.devcluster.service.Service;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.StateFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DevCluster}, of which only Redis runs.
 */
class DevClusterTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Path home() {
        return this.folder.resolve("home");
    }

    private static DevClusterConfig onlyRedis(Path home, int port) {
        return DevClusterConfig.forTests(home)
            .withServices(Set.of())
            .withAddresses(new ExternalServers("postgresql://127.0.0.1:1/pregao", "127.0.0.1:1", "", Map.of()))
            .withPorts(DevClusterPorts.free().with(DevCluster.REDIS, port));
    }

    @Test
    void startsAgainWhatDiedWhileItsStateCannotBeWritten() throws IOException {
        try (DevCluster stack = DevCluster.start(onlyRedis(home(), Ports.free()))) {
            Path blocked = Files.createDirectories(home().resolve("stack.json.new")); // as
                                                                                      // a
                                                                                      // full
                                                                                      // disk
            long first = stack.kill9(DevCluster.REDIS);
            stack.awaitRestart(DevCluster.REDIS, first, TIMEOUT);
            long second = stack.kill9(DevCluster.REDIS);
            stack.awaitRestart(DevCluster.REDIS, second, TIMEOUT);

            Files.delete(blocked);
            Await.until(TIMEOUT, () -> "the state file tells of the process that runs",
                    () -> new StateFile(home()).read()
                        .flatMap((report) -> report.part(DevCluster.REDIS))
                        .map(ComponentReport::pid)
                        .filter((pid) -> pid == stack.pid(DevCluster.REDIS))
                        .isPresent());
        }
    }

    @Test
    void takesOverWhatAKilledSupervisorLeft() {
        int port = Ports.free();
        long left = leftBehind(port);
        try (DevCluster stack = DevCluster.start(onlyRedis(home(), port))) {
            assertThat(stack.pid(DevCluster.REDIS)).isEqualTo(left);
            assertThat(stack.adopted()).containsExactly(DevCluster.REDIS);
            assertThat(stack.orphans()).isEmpty();
            stack.awaitRestart(DevCluster.REDIS, stack.kill9(DevCluster.REDIS), TIMEOUT);
            assertThat(stack.adopted()).isEmpty();
        }
        assertThat(Ports.isListening(port)).isFalse();
    }

    @Test
    void replacesWhatRunsWithOtherSettings() {
        long left = leftBehind(Ports.free());
        try (DevCluster stack = DevCluster.start(onlyRedis(home(), Ports.free()))) {
            assertThat(stack.pid(DevCluster.REDIS)).isNotEqualTo(left);
            assertThat(stack.adopted()).isEmpty();
            assertThat(stack.orphans()).containsExactly(DevCluster.REDIS);
        }
    }

    @Test
    void leavesNothingBehindThatItDidNotTakeOver() {
        int port = Ports.free();
        leftBehind(port);
        DevCluster.create(onlyRedis(home(), port), (report) -> {
        }).close();
        assertThat(Ports.isListening(port)).isFalse();
    }

    @Test
    void namesATakenPortBeforeItStartsAnything() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            DevClusterConfig settings = onlyRedis(home(), Ports.free()).withServices(Set.of(Service.SESSION));
            DevClusterConfig moved = settings
                .withPorts(settings.ports().with(Service.SESSION.shortName(), taken.getLocalPort()));
            assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> DevCluster.start(moved))
                .withMessageContaining("--session-port");
        }
        assertThat(home().resolve("redis")).doesNotExist();
        DevCluster.start(onlyRedis(home(), Ports.free())).close();
    }

    /** The process of a Redis whose supervisor was killed. */
    private long leftBehind(int port) {
        List<String> line = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dpregao.root=" + DevClusterConfig.findRoot(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Supervisor.class.getName(), home().toString(), Integer.toString(port));
        try (ChildProcess supervisor = ChildProcess
            .start(new ProcessSpec("supervisor", line, Map.of(), this.folder, Signal.KILL))) {
            Await.until(TIMEOUT, () -> "a supervisor runs\n" + supervisor.tail(),
                    () -> supervisor.tail().contains("redis runs"));
        }
        return new StateFile(home()).read().orElseThrow().part(DevCluster.REDIS).orElseThrow().pid();
    }

    /**
     * Supervises until it is killed.
     */
    static final class Supervisor {

        private Supervisor() {
        }

        public static void main(String[] arguments) throws InterruptedException {
            DevCluster.start(onlyRedis(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
            System.out.println("redis runs");
            Thread.sleep(Duration.ofMinutes(10));
        }

    }

}
