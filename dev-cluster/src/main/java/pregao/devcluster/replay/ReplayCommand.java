package pregao.devcluster.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;

/**
 * {@code pregao replay}: a recorded file through the real HTTP API, as an EA would send
 * it.
 */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = { "Posts a CSV file of candles or ticks through the HTTP API, as an EA would.",
                "The columns are found by the header: symbol,ts,open,high,low,close,volume[,spread] are candles,"
                        + " symbol,ts,bid,ask[,last,volume] are ticks; plain or gzipped." },
        footer = { "",
                "Each tick is sent with seq: how many earlier rows of the file have its symbol and time. So a row"
                        + " is the same tick however often and in whatever order it is sent, and rows that are equal in"
                        + " everything are as many ticks.",
                "A candle's spread is in points; it stays points where --digits does not say what a point is worth.",
                "A feed of a replay runs on its own time: its minutes close on later ticks, or when there are no more.",
                "", "Exit code: 0 when every row was acknowledged, 1 when not, 2 for wrong usage." })
public final class ReplayCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "the file")
    private Path file = Path.of("");

    @Option(names = "--feed", paramLabel = "NAME",
            description = "default: replay-bid, replay-mid or replay-last for ticks, replay for candles")
    private @Nullable String feed;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "send every row as this symbol")
    private @Nullable String symbol;

    @Option(names = "--price", paramLabel = "bid|mid|last", defaultValue = "mid",
            description = "which price of a tick makes candles (default: ${DEFAULT-VALUE})")
    private String price = "mid";

    @Option(names = "--timeframe", paramLabel = "M1…D1", defaultValue = "M1",
            description = "of the file's candles (default: ${DEFAULT-VALUE})")
    private Timeframe timeframe = Timeframe.M1;

    @Option(names = "--digits", paramLabel = "N",
            description = "decimals of the prices in which a spread of 1 is 1 point")
    private @Nullable Integer digits;

    @Option(names = "--from", paramLabel = "TIME",
            description = "leave out what is earlier, such as 2014-05-02T12:00:00Z")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "leave out this time and what is later")
    private @Nullable Instant to;

    @Option(names = "--speed", paramLabel = "N|max", defaultValue = "max",
            description = "times as fast as it happened (default: ${DEFAULT-VALUE})")
    private String speed = "max";

    @Option(names = "--shuffle", paramLabel = "SECONDS", defaultValue = "0",
            description = "send rows out of order, by at most so many seconds of their own time")
    private long shuffle;

    @Option(names = "--twice", description = "send every batch again, at most 8 batches later")
    private boolean twice;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "of the order of --shuffle and --twice (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1000",
            description = "rows a request, at most 1000 (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "1",
            description = "requests at once; more than 1 gives up their order (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "300",
            description = "how long a request is tried while the service is away (default: ${DEFAULT-VALUE})")
    private long patience;

    @Option(names = "--strict", description = "rejected rows are an error")
    private boolean strict;

    @Option(names = "--expect", paramLabel = "FILE",
            description = "then read the M1 candles back and compare open, high, low, close with this file's,"
                    + " for every minute from the first to the last row")
    private @Nullable Path expect;

    @Option(names = "--api-key", paramLabel = "KEY",
            description = "a key of the feed, which is then taken as it is; default: the feed and a key are made known")
    private @Nullable String apiKey;

    @Mixin
    private final RunningCluster stack;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The command on a data folder.
     * @param home the data folder
     */
    public ReplayCommand(Path home) {
        this.stack = new RunningCluster(home);
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = this.spec.commandLine().getOut();
        try (HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
            return replay(client, out) ? 0 : 1;
        }
        catch (PostRefusedException ex) {
            return failed("stopped, the service answered " + ex.getMessage());
        }
        catch (UnreadableFileException | IOException | IllegalStateException | IllegalArgumentException ex) {
            return failed(String.valueOf(ex.getMessage()));
        }
        finally {
            out.flush();
        }
    }

    private int failed(String message) {
        this.spec.commandLine().getErr().println("replay: " + message);
        this.spec.commandLine().getErr().flush();
        return 1;
    }

    private boolean replay(HttpClient client, PrintWriter out)
            throws IOException, PostRefusedException, InterruptedException {
        ReplayPlan plan = new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, this.from, this.to,
                Duration.ofSeconds(this.shuffle), this.twice, times(), this.seed, this.batch, this.connections);
        FeedSetup introduction = new FeedSetup(client, this.stack,
                PriceBasis.valueOf(this.price.toUpperCase(Locale.ROOT)));
        String name = (this.feed != null) ? this.feed : introduction.defaultFeed(plan);
        String key = (this.apiKey != null) ? this.apiKey : introduction.keyOf(name, plan, out);
        RetryBackoff backoff = new RetryBackoff(Duration.ofSeconds(this.patience), new Random());
        ReplaySummary summary;
        try (ReplayProgress progress = ReplayProgress.of(Files.size(this.file), out)) {
            summary = new Replay(plan, new IngestClient(client, this.stack.url(), key, backoff, progress::notice),
                    progress)
                .run();
        }
        summary.lines().forEach(out::println);
        summary.answer().reasons().forEach((reason) -> out.println("  rejected " + reason));
        boolean agrees = compare(client, name, key, summary, out);
        if (!summary.symbols().isEmpty()) {
            out.println("read back: " + readBack(name, summary.symbols().first(), summary));
        }
        return agrees && summary.rows() > 0 && !(this.strict && summary.answer().rejected() > 0);
    }

    private double times() {
        return "max".equals(this.speed) ? PlaybackClock.MAX : Double.parseDouble(this.speed);
    }

    private boolean compare(HttpClient client, String name, String key, ReplaySummary summary, PrintWriter out)
            throws IOException, InterruptedException {
        if (this.expect == null || summary.symbols().isEmpty()) {
            return this.expect == null;
        }
        boolean agrees = true;
        for (String each : summary.symbols()) {
            CandleDiff comparison = new CandleVerifier(client, this.stack.url(), key, this.expect).await(name, each,
                    Instant.ofEpochMilli(Timeframe.M1.bucketStart(summary.firstTime())),
                    Instant.ofEpochMilli(Timeframe.M1.bucketEnd(summary.lastTime())),
                    Duration.ofSeconds(this.patience));
            out.println("expected " + each + ": " + comparison.line());
            comparison.examples().forEach((example) -> out.println("  " + example));
            agrees &= comparison.agrees();
        }
        return agrees;
    }

    private String readBack(String name, String of, ReplaySummary summary) {
        String query = MarketDataClient.query(name, of, this.timeframe.name(),
                Instant.ofEpochMilli(this.timeframe.bucketStart(summary.firstTime())),
                Instant.ofEpochMilli(this.timeframe.bucketEnd(summary.lastTime())));
        // Every key of the installation may read every feed; a key on the screen may be
        // read by everyone.
        return "curl -s -H \"X-API-Key: $(./pregao credentials --key)\" '%s?%s&limit=5000'"
            .formatted(this.stack.url().resolve("/api/market-data"), query);
    }

}
