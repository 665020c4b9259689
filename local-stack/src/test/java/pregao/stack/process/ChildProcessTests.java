package pregao.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChildProcess} and {@link PidFile}.
 */
class ChildProcessTests {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Command shell(String script) {
        return new Command("child", List.of("sh", "-c", script), Map.of("WORD", "hello"), this.folder, Signal.TERM);
    }

    @Test
    void givesItsEnvironmentAndKeepsItsOutput() {
        try (ChildProcess child = ChildProcess.start(shell("echo $WORD; exec sleep 1000"))) {
            Wait.until(BOUND, () -> "the child speaks", () -> child.tail().contains("hello"));
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void endsInOrder() {
        ChildProcess child = ChildProcess
            .start(shell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"));
        Wait.until(BOUND, () -> "the child speaks", () -> child.tail().contains("up"));
        child.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.tail()).contains("bye");
    }

    @Test
    void saysWhyItDidNotStart() {
        ChildProcess child = ChildProcess.start(shell("echo no such luck; exit 7"));
        assertThatExceptionOfType(StartFailed.class).isThrownBy(() -> child.awaitReady(BOUND, () -> false))
            .withMessageContaining("child ended with 7")
            .withMessageContaining("no such luck");
    }

    @Test
    void saysThatAProgramIsMissing() {
        Command missing = new Command("child", List.of("/no/such/program"), Map.of(), this.folder, Signal.TERM);
        assertThatExceptionOfType(StartFailed.class).isThrownBy(() -> {
            try (ChildProcess child = ChildProcess.start(missing)) {
                child.awaitReady(BOUND, () -> false); // where setsid is, it is what fails
            }
        });
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
