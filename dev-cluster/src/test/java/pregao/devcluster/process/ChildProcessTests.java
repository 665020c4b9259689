package pregao.devcluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChildProcess} and {@link PidFile}.
 */
class ChildProcessTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private ProcessSpec shell(String script) {
        return new ProcessSpec("child", List.of("sh", "-c", script), Map.of("WORD", "hello"), this.folder, Signal.TERM);
    }

    @Test
    void givesItsEnvironmentAndKeepsItsOutput() {
        try (ChildProcess child = ChildProcess.start(shell("echo $WORD; exec sleep 1000"))) {
            Await.until(TIMEOUT, () -> "the child speaks", () -> child.tail().contains("hello"));
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void endsInOrder() {
        ChildProcess child = ChildProcess
            .start(shell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"));
        Await.until(TIMEOUT, () -> "the child speaks", () -> child.tail().contains("up"));
        child.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.tail()).contains("bye");
    }

    @Test
    void saysWhyItDidNotStart() {
        ChildProcess child = ChildProcess.start(shell("echo no such luck; exit 7"));
        assertThatExceptionOfType(StartupException.class).isThrownBy(() -> child.awaitReady(TIMEOUT, () -> false))
            .withMessageContaining("child ended with exit code 7")
            .withMessageContaining("no such luck");
    }

    @Test
    void saysThatAProgramIsMissing() {
        ProcessSpec missing = new ProcessSpec("child", List.of("/no/such/program"), Map.of(), this.folder, Signal.TERM);
        assertThatExceptionOfType(StartupException.class).isThrownBy(() -> {
            try (ChildProcess child = ChildProcess.start(missing)) {
                child.awaitReady(TIMEOUT, () -> false); // where setsid is, it is what
                                                        // fails
            }
        });
    }

    @Test
    void saysByWhichSignalItEnded() {
        try (ChildProcess child = ChildProcess.start(shell("exec sleep 1000"))) {
            assertThat(child.ending()).isEmpty();
            Signal.KILL.send(child.pid());
            Await.until(TIMEOUT, () -> "the child ends", () -> !child.isAlive());
            assertThat(child.ending()).isEqualTo("by signal 9 (KILL)");
        }
    }

    @Test
    void takesOverAChildThatWasStartedInTheSameWay() {
        try (ChildProcess orphan = ChildProcess.start(shell("exec sleep 1000"))) {
            ChildProcess adopted = ChildProcess.adopt(shell("exec sleep 1000"), () -> true).orElseThrow();
            assertThat(adopted.pid()).isEqualTo(orphan.pid());
            assertThat(adopted.isAdopted()).isTrue();
            assertThat(orphan.isAdopted()).isFalse();
            adopted.close();
            assertThat(orphan.isAlive()).isFalse();
            assertThat(adopted.ending()).contains("only the supervisor that started it could know");
        }
    }

    @Test
    void takesOverNeitherAnotherCommandNorOneThatDoesNotWork() {
        try (ChildProcess orphan = ChildProcess.start(shell("exec sleep 1000"))) {
            assertThat(orphan.isAlive()).isTrue();
            assertThat(ChildProcess.adopt(shell("exec sleep 1001"), () -> true)).isEmpty();
            assertThat(ChildProcess.adopt(shell("exec sleep 1000").identifiedBy(List.of("build 2")), () -> true))
                .isEmpty();
            ProcessSpec otherSetting = new ProcessSpec("child", shell("exec sleep 1000").arguments(),
                    Map.of("WORD", "bye"), this.folder, Signal.TERM);
            assertThat(ChildProcess.adopt(otherSetting, () -> true)).isEmpty();
            assertThat(ChildProcess.adopt(shell("exec sleep 1000"), () -> false)).isEmpty();
        }
        assertThat(ChildProcess.adopt(shell("exec sleep 1000"), () -> true)).isEmpty();
    }

    @Test
    void doesNotLeaveAChildRunningThatCannotBeRemembered() throws IOException {
        Files.createDirectories(this.folder.resolve("child.pid.new")); // as good as a
                                                                       // full disk
        assertThatExceptionOfType(StartupException.class)
            .isThrownBy(() -> ChildProcess.start(shell("touch started; exec sleep 4242")));
        Await.until(TIMEOUT, () -> "the child ends",
                () -> ProcessHandle.current()
                    .children()
                    .noneMatch((child) -> child.info().commandLine().orElse("").contains("sleep 4242")));
    }

    @Test
    void stopsWhatAnEarlierRunLeftBehind() {
        ChildProcess orphan = ChildProcess.start(shell("exec sleep 1000"));
        try (ChildProcess child = ChildProcess.start(shell("exec sleep 1000"))) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void stopsAlsoOneThatStandsStill() {
        ChildProcess child = ChildProcess.start(shell("exec sleep 1000"));
        Signal.STOP.send(child.pid());
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void doesNotMistakeAReusedIdForAChild() throws IOException {
        PidFile file = new PidFile(this.folder.resolve("child.pid"));
        Files.writeString(this.folder.resolve("child.pid"), ProcessHandle.current().pid() + " 1000\n");
        assertThat(file.process()).isEmpty();
        file.write(ProcessHandle.current());
        assertThat(file.process()).contains(ProcessHandle.current());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsAProcessByTheBootWhateverTheClockSays() throws IOException {
        Path path = this.folder.resolve("child.pid");
        PidFile file = new PidFile(path);
        file.write(ProcessHandle.current());
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        assertThat(Files.readString(path)).startsWith(ProcessHandle.current().pid() + " " + boot + "/");
        Files.writeString(path, ProcessHandle.current().pid() + " " + boot + "/1\n");
        assertThat(file.process()).as("another process of this boot").isEmpty();
    }

    @Test
    void takesAHalfWrittenFileForNone() throws IOException {
        Files.writeString(this.folder.resolve("child.pid"), "12");
        assertThat(new PidFile(this.folder.resolve("child.pid")).process()).isEmpty();
    }

    @Test
    void beginsANewLogWhenTheOldOneIsLarge() throws IOException {
        Files.write(this.folder.resolve("child.log"), new byte[11 << 20]);
        try (ChildProcess child = ChildProcess.start(shell("exec sleep 1000"))) {
            assertThat(child.isAlive()).isTrue();
            assertThat(Files.size(this.folder.resolve("child.log"))).isLessThan(1000);
            assertThat(Files.size(this.folder.resolve("child.log.1"))).isEqualTo(11 << 20);
        }
    }

}
