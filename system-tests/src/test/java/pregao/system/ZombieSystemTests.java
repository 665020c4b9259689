package pregao.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.replay.Replay;
import pregao.devcluster.replay.ReplayPlan;
import pregao.devcluster.service.Service;
import pregao.system.driver.Trader;

/**
 * An aggregator that sleeps and wakes as a zombie changes nothing.
 */
@SystemTest
class ZombieSystemTests {

    private static final Duration SLEEP = Duration.ofSeconds(30);

    /** Of eight, some are in the partitions of either replica. */
    private static final List<String> SYMBOLS = List.of("EURUSD", "EURUSD.a", "EURUSD.b", "EURUSD.c", "EURUSD.d",
            "EURUSD.e", "EURUSD.f", "EURUSD.g");

    @TempDir
    private Path folder;

    @Test
    void staysExactWhenAReplicaIsPausedAndWakesUp(SystemUnderTest system) {
        Recording recording = Recording.euro(this.folder, "2014-05-05T06:00:00Z", "2014-05-05T08:00:00Z");
        Recording several = recording.forSymbols(this.folder, SYMBOLS);
        Trader trader = system.trader("zombie", Feeds.RECORDED_BIDS);
        String second = system.stack().addReplica(Service.AGGREGATOR);
        long rows = (long) recording.ticks().size() * SYMBOLS.size();
        system.replay(trader,
                ReplayPlan.of(several.file()).inBatchesOf(100).shuffled(Duration.ofSeconds(30), 45).atSpeed(120),
                new Sleep(system, "aggregator", rows / 5));
        SYMBOLS.forEach((symbol) -> recording.assertStored(system, trader, symbol));
        system.stack().kill9(second);
    }

    /**
     * Pauses a part from some row on, for as long as it takes others to give it up.
     */
    private static final class Sleep implements Replay.Progress {

        private final SystemUnderTest system;

        private final String part;

        private final long at;

        private long pausedNanos;

        private boolean paused;

        private boolean over;

        Sleep(SystemUnderTest system, String part, long at) {
            this.system = system;
            this.part = part;
            this.at = at;
        }

        @Override
        public void show(long bytes, long sent, long rejected) {
            if (!this.paused && sent >= this.at) {
                this.paused = true;
                this.pausedNanos = System.nanoTime();
                this.system.stack().pause(this.part);
            }
            if (this.paused && !this.over && System.nanoTime() - this.pausedNanos > SLEEP.toNanos()) {
                this.over = true;
                this.system.stack().resume(this.part);
            }
        }

    }

}
