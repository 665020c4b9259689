package pregao.devcluster.state;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StateFile}.
 */
class StateFileTests {

    @TempDir
    Path home;

    private final ComponentReport ingest = new ComponentReport("ingest", ComponentState.READY, 7,
            "http://127.0.0.1:8082", "http://127.0.0.1:8092", 2, 1.5);

    private ClusterReport report(long pid) {
        return new ClusterReport(pid, ClusterReport.Phase.READY, "", List.of(this.ingest));
    }

    @Test
    void isTakenByOneOnly() {
        try (StateFile first = new StateFile(this.home)) {
            assertThat(first.take()).isTrue();
            assertThat(new StateFile(this.home).take()).isFalse();
        }
        try (StateFile next = new StateFile(this.home)) {
            assertThat(next.take()).isTrue();
        }
    }

    @Test
    void tellsOthersWhatRuns() {
        try (StateFile file = new StateFile(this.home)) {
            file.take();
            file.write(report(ProcessHandle.current().pid()));
            assertThat(new StateFile(this.home).running()).contains(report(ProcessHandle.current().pid()));
        }
        assertThat(new StateFile(this.home).running()).isEmpty();
    }

    @Test
    void doesNotBelieveTheReportOfAnEarlierRun() {
        try (StateFile file = new StateFile(this.home)) {
            file.take();
            file.write(report(1));
            assertThat(file.running()).isEmpty();
            assertThat(file.read()).contains(report(1));
        }
    }

}
