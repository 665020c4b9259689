package pregao.devcluster.marketgenerator;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Timeframe;
import pregao.devcluster.InstallationCredentials;
import pregao.devcluster.replay.IngestClient;
import pregao.devcluster.replay.PostRefusedException;
import pregao.devcluster.replay.RetryBackoff;
import pregao.devcluster.replay.RunningCluster;

/**
 * {@code pregao simulate}: a random market, live.
 */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Posts the quotes of a random market as they happen, to the feed of the key, until Ctrl-C.",
        footer = { "", "The same seed, symbols, rate and start give the same market. It never closes.",
                "The M1 candles of the minutes before the start are posted first; the live prices follow from them.",
                "Without --history these are the minutes of the last day that are not stored yet.",
                "With --speed the first part of --duration is sent faster than it happens, so that it ends now." })
public final class SimulateCommand implements Callable<Integer> {

    private static final double USUAL_DAYS = 1;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "of the prices (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--symbols", paramLabel = "SYMBOL", split = ",",
            description = "default: EURUSD,GBPUSD,USDJPY,BTCUSDT,ETHUSDT,SOLUSDT,POLUSDT")
    private List<String> symbols = List.of();

    @Option(names = "--ticks-per-second", paramLabel = "N", defaultValue = "50",
            description = "of all symbols together, when it is quiet (default: ${DEFAULT-VALUE})")
    private double ticksPerSecond;

    @Option(names = "--duration", paramLabel = "LENGTH", converter = DurationConverter.class,
            description = "such as 90s, 5m, 1h30m; default: until Ctrl-C")
    private @Nullable Duration duration;

    @Option(names = "--speed", paramLabel = "N", defaultValue = "1",
            description = "times as fast as it happens (default: ${DEFAULT-VALUE})")
    private double speed;

    @Option(names = "--history", paramLabel = "DAYS",
            description = "post all M1 candles of so many days first, 0 for none (default: what is missing of 1)")
    private @Nullable Double history;

    @Option(names = "--api-key", paramLabel = "KEY", description = "whose feed is traded; default: the first start's")
    private @Nullable String apiKey;

    @Mixin
    private final RunningCluster stack;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock;

    /**
     * The command on a data folder and the machine's clock.
     * @param home the data folder
     */
    public SimulateCommand(Path home) {
        this(home, InstantSource.system());
    }

    SimulateCommand(Path home, InstantSource clock) {
        this.stack = new RunningCluster(home);
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration length = this.duration;
        if (this.speed < 1 || (this.speed > 1 && length == null)) {
            throw new ParameterException(this.spec.commandLine(),
                    "--speed is at least 1, and above 1 needs --duration");
        }
        if (!(this.ticksPerSecond > 0) || !(days() >= 0)) {
            throw new ParameterException(this.spec.commandLine(),
                    "--ticks-per-second is above 0, --history at least 0");
        }
        PrintWriter out = this.spec.commandLine().getOut();
        try (HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
            IngestClient sender = new IngestClient(client, this.stack.url(), key(),
                    new RetryBackoff(Duration.ofMinutes(5), new Random()), (text) -> print(out, "simulate: " + text));
            LongSupplier begin = () -> this.clock.millis()
                    - ((length == null) ? 0 : (long) (length.toMillis() * (1 - 1 / this.speed)));
            List<SimulatedSymbol> traded = this.symbols.isEmpty() ? SimulatedSymbol.ALL
                    : this.symbols.stream().map(SimulatedSymbol::named).toList();
            RandomMarket market = new RandomMarket(traded, this.seed, this.ticksPerSecond, begin.getAsLong());
            MarketGenerator simulation = new MarketGenerator(market, sender, this.clock, (line) -> print(out, line));
            long from = Timeframe.M1.bucketStart(begin.getAsLong())
                    - Timeframe.M1.millis() * (long) (days() * Duration.ofDays(1).toMinutes());
            long start = simulation.backfill(from, (this.history == null) ? stored(sender, traded) : Map.of(), begin);
            simulation.run(start, this.speed, (length != null) ? start + length.toMillis() : Long.MAX_VALUE);
            return 0;
        }
        catch (PostRefusedException ex) {
            return failed("stopped, the service answered " + ex.getMessage());
        }
        catch (IllegalStateException | IllegalArgumentException ex) {
            return failed(String.valueOf(ex.getMessage()));
        }
    }

    private double days() {
        Double asked = this.history;
        return (asked != null) ? asked : USUAL_DAYS;
    }

    /** The newest minute of each symbol that has one. */
    private static Map<String, Long> stored(IngestClient sender, List<SimulatedSymbol> symbols)
            throws PostRefusedException, InterruptedException {
        Map<String, Long> newest = new HashMap<>();
        for (SimulatedSymbol symbol : symbols) {
            String cursor = sender
                .get("/ingest/cursor?timeframe=M1&symbol=" + URLEncoder.encode(symbol.name(), StandardCharsets.UTF_8));
            String last = JsonMapper.shared().readTree(cursor).path("last_ts").asString("");
            if (!last.isEmpty()) {
                newest.put(symbol.name(), OffsetDateTime.parse(last).toInstant().toEpochMilli());
            }
        }
        return newest;
    }

    private int failed(String message) {
        print(this.spec.commandLine().getErr(), "simulate: " + message);
        return 1;
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private String key() {
        return (this.apiKey != null) ? this.apiKey : new InstallationCredentials(this.stack.home()).apiKey();
    }

}
