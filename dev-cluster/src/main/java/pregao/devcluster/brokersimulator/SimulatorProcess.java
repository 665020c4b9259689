package pregao.devcluster.brokersimulator;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ListeningProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;

/**
 * A running simulator.
 */
public final class SimulatorProcess extends ListeningProcess {

    private static final List<String> NEEDED = List.of("reactor-", "reactive-streams", "netty-", "jackson-", "jspecify",
            "slf4j-api", "logback-");

    private static final List<String> OPTIONS = List.of("-Xms16m", "-Xmx96m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-Xss512k", "-XX:MaxDirectMemorySize=32m",
            "-XX:ReservedCodeCacheSize=32m", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8", "-Duser.timezone=UTC",
            "-Dlogback.configurationFile=pregao/devcluster/command/logback-stack.xml",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();

    private SimulatorProcess(int port, ChildProcess child) {
        super(port, child);
    }

    /**
     * Starts a simulator without waiting for it, or takes over one that an earlier
     * supervisor left behind.
     * @param simulator which
     * @param port where it listens
     * @param logs where its log goes
     * @return the process, which is not ready yet
     */
    public static SimulatorProcess start(Simulator simulator, int port, Path logs) {
        List<String> line = Stream
            .of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), OPTIONS.stream(),
                    Stream.of("-cp", classPath(), simulator.main(), Integer.toString(port)))
            .flatMap((part) -> part)
            .toList();
        ProcessSpec command = new ProcessSpec(simulator.partName(), line, Map.of("MALLOC_ARENA_MAX", "2"), logs,
                Signal.TERM)
            .identifiedBy(Stream.concat(line.stream(), builds().stream()).toList());
        Optional<ChildProcess> running = ChildProcess.adopt(command, () -> answers("http://127.0.0.1:" + port));
        return new SimulatorProcess(port, running.orElseGet(() -> {
            ChildProcess.stopOrphan(command);
            Ports.claim(simulator.partName(), port);
            return ChildProcess.start(command);
        }));
    }

    /** A jar of ours has the same name in every build. */
    private static List<String> builds() {
        return Stream.of(classPath().split(File.pathSeparator, -1))
            .map(File::new)
            .map((file) -> file.lastModified() + " " + file.length())
            .toList();
    }

    /** Surefire hides the real class path behind a jar of its own. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
            .filter(SimulatorProcess::isNeeded)
            .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isNeeded(String entry) {
        String name = String.valueOf(Path.of(entry).getFileName());
        return entry.contains("broker-simulators") || entry.contains("dev-cluster")
                || NEEDED.stream().anyMatch(name::startsWith);
    }

    @Override
    public boolean isReady() {
        return isAlive() && answers("http://127.0.0.1:" + port());
    }

    /**
     * Whether a simulator answers.
     * @param url where it is
     * @return false where nobody does
     */
    public static boolean answers(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/control/state"))
            .timeout(Duration.ofSeconds(3))
            .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
        catch (IOException ex) {
            return false;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

}
