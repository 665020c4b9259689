package pregao.devcluster.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ListeningProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.secret.SecretFile;

/**
 * One Kafka broker of our own on the loopback address, in KRaft mode.
 */
public final class LocalKafka extends ListeningProcess {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final String LOGGING = "logback-broker.xml";

    private LocalKafka(int port, ChildProcess child) {
        super(port, child);
    }

    /**
     * Starts it and waits until it serves. One that an earlier supervisor left behind is
     * taken over where it works and was started in the same way, and is stopped
     * otherwise; its topics are found again.
     * @param folder where data, settings and log are kept
     * @param port where clients connect, 0 for a free one
     * @return the broker
     * @throws StartupException with what can be done about it
     */
    public static LocalKafka start(Path folder, int port) {
        return start(folder, port, List.of());
    }

    /**
     * Starts it with more options for its JVM.
     * @param folder where data, settings and log are kept
     * @param port where clients connect, 0 for a free one
     * @param options such as an AOT cache
     * @return the broker
     * @throws StartupException with what can be done about it
     */
    public static LocalKafka start(Path folder, int port, List<String> options) {
        Path home = folder.toAbsolutePath().normalize();
        return running(home, port, options).orElseGet(() -> startNew(home, port, options));
    }

    /**
     * The one that an earlier supervisor left behind, where it works and was started in
     * the same way.
     * @param folder where data, settings and log are kept
     * @param port where clients connect
     * @return the broker, or empty where it has to be started
     */
    public static Optional<LocalKafka> running(Path folder, int port) {
        return running(folder.toAbsolutePath().normalize(), port, List.of());
    }

    private static Optional<LocalKafka> running(Path home, int port, List<String> options) {
        return ChildProcess.adopt(command(home, port, options), () -> serves(port))
            .map((child) -> new LocalKafka(port, child));
    }

    private static ProcessSpec command(Path home, int port, List<String> options) {
        List<String> line = line(home, options);
        return new ProcessSpec("kafka", line, Map.of(), home, Signal.TERM).identifiedBy(
                Stream.concat(line.stream(), Stream.of(new BrokerConfig(home.resolve("data"), port, 0).text()))
                    .toList());
    }

    private static LocalKafka startNew(Path home, int port, List<String> options) {
        ChildProcess.stopOrphan(command(home, port, options));
        int claimed = Ports.claim("kafka", port);
        ProcessSpec command = command(home, claimed, options);
        prepare(home, new BrokerConfig(home.resolve("data"), claimed, Ports.free()));
        ChildProcess child = ChildProcess.start(command);
        try {
            child.awaitReady(TIMEOUT, () -> serves(claimed));
        }
        catch (StartupException ex) {
            child.close();
            throw ex;
        }
        return new LocalKafka(claimed, child);
    }

    private static List<String> line(Path home, List<String> options) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Xms64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true",
                "-Dlog4j2.StatusLogger.level=OFF", "-Dlogback.configurationFile=" + home.resolve(LOGGING)));
        line.addAll(options);
        line.addAll(
                List.of("-cp", BrokerClassPath.current(), "kafka.Kafka", home.resolve("server.properties").toString()));
        return line;
    }

    private static void prepare(Path home, BrokerConfig settings) {
        try {
            Files.createDirectories(home);
            Path file = home.resolve("server.properties");
            Files.writeString(file, settings.text());
            try (InputStream logging = Objects.requireNonNull(LocalKafka.class.getResourceAsStream(LOGGING))) {
                Files.copy(logging, home.resolve(LOGGING), StandardCopyOption.REPLACE_EXISTING);
            }
            String cluster = new SecretFile(home.resolve("cluster")).value("id",
                    () -> org.apache.kafka.common.Uuid.randomUuid().toString());
            ByteArrayOutputStream byteArrayOutputStream = new ByteArrayOutputStream();
            int result = StorageTool.execute(
                    new String[] { "format", "-t", cluster, "-c", file.toString(), "--ignore-formatted" },
                    new PrintStream(byteArrayOutputStream, true, StandardCharsets.UTF_8));
            if (result != 0) {
                throw new StartupException("Kafka's storage cannot be prepared: "
                        + byteArrayOutputStream.toString(StandardCharsets.UTF_8));
            }
        }
        catch (IOException ex) {
            throw new StartupException("cannot write to " + home + ": " + ex.getMessage(), ex);
        }
    }

    private static boolean serves(int port) {
        return Ports.isListening(port) && knowsItself(port);
    }

    private static boolean knowsItself(int port) {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                5000);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        }
        catch (ExecutionException | TimeoutException ex) {
            return false; // not yet
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Where clients connect.
     * @return {@code 127.0.0.1:PORT}
     */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

}
