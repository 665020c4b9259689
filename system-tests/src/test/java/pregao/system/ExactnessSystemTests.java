package pregao.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.DevCluster;
import pregao.devcluster.replay.ReplayPlan;
import pregao.devcluster.replay.ReplaySummary;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recorded ticks become the recorded candles, whatever happens on the way.
 */
@SystemTest
class ExactnessSystemTests {

    private static final List<String> KILLED = List.of("aggregator", "ingest", DevCluster.KAFKA, DevCluster.POSTGRES);

    /** The hours of a busy afternoon: 30,100 ticks. */
    private static final String FROM = "2014-05-02T12:00:00Z";

    private static final String TO = "2014-05-02T16:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void storesTheRecordedCandles(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, FROM, TO);
        Trader trader = system.trader("exact", Feeds.RECORDED_BIDS);
        ReplaySummary summary = system.replay(trader, ReplayPlan.of(recording.file()));
        assertThat(summary.sent()).isEqualTo(recording.ticks().size()).isEqualTo(30_100);
        recording.assertStored(system, trader, "EURUSD");
    }

    @Test
    void storesTheSameFromShuffledAndRepeatedTicks(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, FROM, TO);
        Trader trader = system.trader("exact", Feeds.RECORDED_BIDS);
        ReplaySummary summary = system.replay(trader,
                ReplayPlan.of(recording.file()).inBatchesOf(200).shuffled(Duration.ofSeconds(30), 42).sentTwice());
        assertThat(summary.sent()).isEqualTo(2L * recording.ticks().size());
        recording.assertStored(system, trader, "EURUSD");
    }

    @Test
    void storesTheSameWhenEverythingIsKilledOnTheWay(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, FROM, TO);
        Trader trader = system.trader("exact", Feeds.RECORDED_BIDS);
        OutageScenario kills = new OutageScenario(system.stack(), KILLED, 2L * recording.ticks().size());
        ReplaySummary summary = system.replay(trader,
                ReplayPlan.of(recording.file()).inBatchesOf(100).shuffled(Duration.ofSeconds(30), 43).sentTwice(),
                kills);
        kills.awaitEverythingBack();
        assertThat(kills.killed()).isEqualTo(KILLED);
        assertThat(summary.sent()).isEqualTo(2L * recording.ticks().size());
        recording.assertStored(system, trader, "EURUSD");
    }

    /**
     * The whole recording; takes minutes.
     */
    @Test
    @Tag("long")
    @Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void storesTheWholeRecording(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, "2014-05-01T00:00:00Z", "2014-05-16T00:00:00Z");
        Trader trader = system.trader("exact", Feeds.RECORDED_BIDS);
        system.replay(trader, ReplayPlan.of(recording.file()));
        recording.assertStored(system, trader, "EURUSD");
    }

    /**
     * The whole recording with everything at once; takes minutes.
     */
    @Test
    @Tag("long")
    @Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void storesTheWholeRecordingShuffledTwiceAndKilled(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, "2014-05-01T00:00:00Z", "2014-05-16T00:00:00Z");
        Trader trader = system.trader("exact", Feeds.RECORDED_BIDS);
        OutageScenario kills = new OutageScenario(system.stack(), KILLED, 2L * recording.ticks().size());
        system.replay(trader, ReplayPlan.of(recording.file()).shuffled(Duration.ofSeconds(30), 44).sentTwice(), kills);
        kills.awaitEverythingBack();
        recording.assertStored(system, trader, "EURUSD");
    }

}
