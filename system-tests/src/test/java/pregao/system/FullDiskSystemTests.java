package pregao.system;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.DevCluster;
import pregao.devcluster.DevClusterConfig;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;
import pregao.system.driver.Answer;
import pregao.system.driver.Await;
import pregao.system.driver.Trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A system whose disk is full for a minute heals by itself. Only root may mount a small
 * disk.
 */
@Tag("long")
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskSystemTests {

    private static final Instant MAY = Instant.parse("2025-05-20T03:00:00Z");

    /** Each wait is twice the one before, from a quarter of a second. */
    private static final int RESTARTS_IN_HALF_A_MINUTE = 8;

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private boolean isMounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        this.isMounted = "root".equals(System.getProperty("user.name"))
                && run("mount", "-t", "tmpfs", "-o", "size=1200m", "tmpfs", this.folder.toString()) == 0;
        assumeTrue(this.isMounted, "only root can mount a small disk, and not everywhere");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (this.isMounted) {
            assertThat(run("umount", "-l", this.folder.toString())).isZero();
        }
    }

    private static int run(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    }

    @Test
    void aDiskThatWasFullForAMinuteIsNoEnd() throws IOException, InterruptedException {
        DevClusterConfig settings = DevClusterConfig.forTests(this.folder.resolve("home"));
        try (DevCluster stack = DevCluster.start(settings)) {
            Trader trader = new Trader(URI.create(stack.gatewayUrl()), "mt5", stack.keys().apiKey());
            stores(trader, MAY);
            Path filler = fill();
            long aggregator = stack.kill9("aggregator");
            long redis = stack.kill9("redis");
            Await.see("a part to be started in vain for half a minute", REQUEST_TIMEOUT, () -> mostRestarts(stack),
                    (restarts) -> restarts >= RESTARTS_IN_HALF_A_MINUTE);
            Files.delete(filler);

            stack.awaitRestart("aggregator", aggregator, REQUEST_TIMEOUT);
            stack.awaitRestart("redis", redis, REQUEST_TIMEOUT);
            Await.see("every part to be ready", REQUEST_TIMEOUT, () -> stack.report().parts(),
                    (parts) -> parts.stream().allMatch((part) -> part.state() == ComponentState.READY));
            stores(trader, MAY.plus(Duration.ofHours(1)));
            assertThat(trader.read("EURUSD", "M1", MAY, MAY.plusSeconds(60))).hasSize(1);
            assertThat(Files.readString(this.folder.resolve("home/stack.json")))
                .contains("\"pid\":" + stack.pid("aggregator"));
        }
    }

    private static int mostRestarts(DevCluster stack) {
        return stack.report().parts().stream().mapToInt(ComponentReport::restarts).max().orElseThrow();
    }

    private static void stores(Trader trader, Instant minute) {
        Answer answer = Await.see("a candle to be stored", REQUEST_TIMEOUT,
                () -> trader.candles(List.of(Quotes.m1("EURUSD", minute, "1.1", "1.2", "1.0", "1.1"))),
                (given) -> given.status() == 200);
        assertThat(answer.count("inserted") + answer.count("duplicates")).isOne();
        Await.see("it to be read", REQUEST_TIMEOUT, () -> trader.read("EURUSD", "M1", minute, minute.plusSeconds(60)),
                (candles) -> candles.size() == 1);
    }

    /** Takes all space there is. */
    private Path fill() throws IOException {
        Path filler = this.folder.resolve("filler");
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        }
        catch (IOException ex) {
            assertThat(ex).hasMessageContaining("No space left");
        }
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block, 0, 1024);
            }
        }
        catch (IOException ex) {
            return filler;
        }
    }

}
