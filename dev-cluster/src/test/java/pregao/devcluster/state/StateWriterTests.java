package pregao.devcluster.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.process.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StateWriter}.
 */
class StateWriterTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final AtomicInteger restarts = new AtomicInteger();

    private ClusterReport report() {
        return new ClusterReport(1, ClusterReport.Phase.READY, "",
                List.of(new ComponentReport("ingest", ComponentState.READY, 7, "", "", this.restarts.get(), 1)));
    }

    @Test
    void writesTheNewestReportAsSoonAsThereIsSpace() throws IOException {
        StateFile file = new StateFile(this.home);
        try (StateWriter writer = new StateWriter(file, this::report)) {
            writer.write();
            Path blocked = Files.createDirectories(this.home.resolve("stack.json.new")); // as
                                                                                         // a
                                                                                         // full
                                                                                         // disk
            this.restarts.set(1);
            writer.write();
            assertThat(file.read().orElseThrow().parts().getFirst().restarts()).isZero();
            this.restarts.set(2);
            Files.delete(blocked);
            Await.until(TIMEOUT, () -> "the newest report is in the file",
                    () -> file.read().orElseThrow().parts().getFirst().restarts() == 2);
        }
    }

}
