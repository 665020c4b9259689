package pregao.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import pregao.contracts.feed.Feed;
import pregao.devcluster.DevCluster;
import pregao.devcluster.DevClusterConfig;
import pregao.devcluster.InstallationCredentials;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.replay.FeedRegistration;
import pregao.devcluster.replay.IngestClient;
import pregao.devcluster.replay.PostRefusedException;
import pregao.devcluster.replay.Replay;
import pregao.devcluster.replay.ReplayPlan;
import pregao.devcluster.replay.ReplaySummary;
import pregao.devcluster.replay.RetryBackoff;
import pregao.devcluster.secret.SecretFile;
import pregao.system.driver.Await;
import pregao.system.driver.Trader;

/**
 * The whole system, started once for all tests of a run; each test takes a feed of its
 * own.
 */
public final class SystemUnderTest implements AutoCloseable {

    private static final Path HOME = Path.of("target", "pregao").toAbsolutePath();

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(4);

    private final AtomicInteger feeds = new AtomicInteger();

    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();

    private final DevClusterConfig settings;

    private DevCluster stack;

    private SystemUnderTest(DevClusterConfig settings) {
        this.settings = settings;
        this.stack = DevCluster.start(settings);
    }

    static SystemUnderTest start() {
        DevClusterConfig settings = DevClusterConfig.forTests(HOME).withSimulators(Set.of(Simulator.values()));
        // Ends what a run that was killed left behind, before its folder goes.
        DevCluster.create(settings, (report) -> {
        }).close();
        delete(HOME);
        SystemUnderTest system = new SystemUnderTest(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close));
        return system;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Where a service answers metrics and log levels. */
    public URI managementUrl(String name) {
        return URI.create(this.stack.report().part(name).orElseThrow().management());
    }

    DevCluster stack() {
        return this.stack;
    }

    /** What the installation made for itself. */
    InstallationCredentials keys() {
        return this.stack.keys();
    }

    URI url() {
        return URI.create(this.stack.gatewayUrl());
    }

    /**
     * Ends everything and starts it again with its data, as the evening and the morning.
     */
    void stopAndStart() {
        this.stack.close();
        this.stack = DevCluster.start(this.settings);
    }

    /**
     * Whoever has the first start's key.
     */
    Trader owner() {
        return new Trader(url(), "mt5", this.stack.keys().apiKey());
    }

    /**
     * Somebody with a new feed that is like no other.
     * @param prefix of the feed's name
     * @param settings what is special about it
     * @return with a key that the services know
     */
    Trader trader(String prefix, UnaryOperator<Feed> settings) {
        Feed feed = settings.apply(Feed.named(prefix + "-" + this.feeds.incrementAndGet()));
        String key = "test_" + SecretFile.random();
        announce(feed, key);
        Trader trader = new Trader(url(), feed.name(), key);
        Await.see("ingest to know the key of " + feed.name(), () -> trader.cursor("EURUSD", "M1").status(),
                (status) -> status == 200);
        Await.see("the gateway to know the key of " + feed.name(), () -> trader.http().get("/api/instruments").status(),
                (status) -> status == 200);
        return trader;
    }

    /**
     * Publishes the settings of a feed and its key.
     * @param feed new, or with other settings
     * @param key an API key of it
     */
    void announce(Feed feed, String key) {
        try {
            new FeedRegistration(this.stack.kafka()).publish(feed, key, UUID.randomUUID().toString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    /**
     * Replays a file to a feed.
     * @param trader who has the feed
     * @param plan what and how
     * @return when every row is acknowledged
     */
    ReplaySummary replay(Trader trader, ReplayPlan plan) {
        return replay(trader, plan, Replay.Progress.NONE);
    }

    /**
     * Replays a file to a feed, and lets something happen meanwhile.
     * @param trader who has the feed
     * @param plan what and how
     * @param meanwhile is called after each request
     * @return when every row is acknowledged
     */
    ReplaySummary replay(Trader trader, ReplayPlan plan, Replay.Progress meanwhile) {
        RetryBackoff backoff = new RetryBackoff(REQUEST_TIMEOUT, new Random(1));
        IngestClient sender = new IngestClient(this.client, trader.url(), trader.key(), backoff, (text) -> {
        });
        try {
            return new Replay(plan, sender, meanwhile).run();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (PostRefusedException ex) {
            throw new AssertionError(ex.getMessage(), ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    /**
     * Asks the database.
     * @param query one column of text
     * @param parameters of the query
     * @return a text a row
     */
    List<String> sql(String query, String... parameters) {
        try (Connection connection = this.stack.connect(); var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        }
        catch (SQLException ex) {
            throw new AssertionError(query, ex);
        }
    }

    @Override
    public void close() {
        this.stack.close();
        this.client.close();
    }

    /**
     * Hands the one system to whoever asks for it.
     */
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SystemUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SystemUnderTest.class))
                .computeIfAbsent(SystemUnderTest.class, (key) -> start());
        }

    }

}
