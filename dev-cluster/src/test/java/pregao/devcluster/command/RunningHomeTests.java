package pregao.devcluster.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.PidFile;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;
import pregao.devcluster.state.StateFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands about a data folder that is in use: this JVM takes the part of its supervisor.
 */
class RunningHomeTests {

    private static final int GATEWAY = 18_080;

    @TempDir
    Path home;

    private final StringWriter said = new StringWriter();

    private StateFile state;

    @BeforeEach
    void take() {
        this.state = new StateFile(this.home);
        assertThat(this.state.take()).isTrue();
    }

    @AfterEach
    void release() {
        this.state.close();
    }

    private void runs(ComponentReport... parts) {
        this.state
            .write(new ClusterReport(ProcessHandle.current().pid(), ClusterReport.Phase.READY, "", List.of(parts)));
    }

    private static ComponentReport gateway() {
        return new ComponentReport("gateway", ComponentState.READY, 7, "http://127.0.0.1:" + GATEWAY, "", 0, 1);
    }

    private static ComponentReport redis(int port) {
        return new ComponentReport("redis", ComponentState.READY, 7, "redis://127.0.0.1:" + port, "", 0, 1);
    }

    private int run(String... arguments) {
        CommandLine line = PregaoCommand.line(Map.of("LANG", "en", "PREGAO_HOME", this.home.toString()),
                new PrintWriter(this.said));
        line.setErr(new PrintWriter(this.said, true));
        return line.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = { "--port-base=28080", "--gateway-port=28080", "--with-simulators" })
    void saysThatItRunsOtherwiseThanAskedFor(String option) {
        runs(gateway());
        assertThat(run("start", "-d", option)).isEqualTo(4);
        assertThat(this.said.toString()).contains("otherwise than asked for")
            .contains(option)
            .contains("./pregao stop")
            .doesNotContain("Try (");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--gateway-port=18080", "--no-training" })
    void joinsWhatRunsAsAskedFor(String option) {
        runs(gateway());
        assertThat(run("start", "-d", option)).as(this.said.toString()).isZero();
    }

    @Test
    void callsAPartDownWhoseProcessIsGoneWhateverItsReportSays() {
        runs(redis(Ports.free()));
        assertThat(run("status")).isEqualTo(1);
        assertThat(this.said.toString()).containsPattern("redis +down").doesNotContainPattern("redis +ready");
    }

    @Test
    void callsAPartReadyThatAnswersWhateverItsReportSays() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            Files.createDirectories(this.home.resolve("redis"));
            new PidFile(this.home.resolve("redis/redis.pid")).write(ProcessHandle.current());
            runs(new ComponentReport("redis", ComponentState.RESTARTING, 0,
                    "redis://127.0.0.1:" + listening.getLocalPort(), "", 3, 1));
            assertThat(run("status", "--json")).isZero();
        }
        assertThat(this.said.toString()).contains("\"health\":\"ready\"")
            .contains("\"pid\":" + ProcessHandle.current().pid() + ",\"memory_bytes\"");
    }

    @Test
    void doesNotCallAnEarlierRunWhatItsOwnSupervisorLeft() {
        Path folder = this.home.resolve("redis");
        try (ChildProcess supervisor = ChildProcess.start(sleeping("supervisor", this.home.resolve("other")));
                ChildProcess part = ChildProcess.start(sleeping("redis", folder))) {
            this.state.close();
            new PidFile(this.home.resolve("stack.pid")).write(ProcessHandle.of(supervisor.pid()).orElseThrow());
            assertThat(run("stop")).isZero();
            assertThat(supervisor.isAlive()).isFalse();
            assertThat(part.isAlive()).isFalse();
        }
        assertThat(this.said.toString()).contains("Stopped what the supervisor did not: redis")
            .contains("Stopped.")
            .doesNotContain("earlier run");
    }

    @Test
    void stopsWhatAnEarlierRunLeft() {
        this.state.close();
        try (ChildProcess part = ChildProcess.start(sleeping("redis", this.home.resolve("redis")))) {
            assertThat(run("stop")).isZero();
            assertThat(part.isAlive()).isFalse();
        }
        assertThat(this.said.toString()).contains("Stopped what an earlier run left behind: redis");
    }

    private static ProcessSpec sleeping(String name, Path folder) {
        return new ProcessSpec(name, List.of("sleep", "1000"), Map.of(), folder, Signal.TERM);
    }

}
