package pregao.devcluster.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import pregao.devcluster.process.Await;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ListeningProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;

/**
 * A running service.
 */
public final class ServiceProcess extends ListeningProcess {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();

    /** The variable with the port of metrics and log levels. */
    public static final String MANAGEMENT_PORT = "PREGAO_MANAGEMENT_PORT";

    private static final Duration ADOPTION_TIMEOUT = Duration.ofSeconds(30);

    private static final List<String> INHERITED = List.of("PREGAO_", "SPRING_", "SERVER_", "MANAGEMENT_", "LOGGING_",
            "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private ServiceProcess(int port, ChildProcess child) {
        super(port, child);
    }

    /**
     * Starts a service without waiting for it, or takes over one that an earlier
     * supervisor left behind.
     * @param root the folder of the repository
     * @param service which
     * @param name what this one is called; a second replica has another name
     * @param port where it listens
     * @param environment what it is told
     * @param logs where its log goes
     * @return the process, which is not ready yet
     */
    public static ServiceProcess start(Path root, Service service, String name, int port,
            Map<String, String> environment, Path logs) {
        JavaCommand java = new JavaCommand(service, UnpackedJar.of(root, service));
        ProcessSpec command = new ProcessSpec(name, java.run(), environment(service, name, port, environment), logs,
                Signal.TERM)
            .identifiedBy(Stream.concat(java.identity().stream(), inherited()).toList());
        // On a busy machine a part that works may answer late.
        Optional<ChildProcess> running = ChildProcess.adopt(command,
                () -> Await.holdsWithin(ADOPTION_TIMEOUT, () -> readiness("http://127.0.0.1:" + port) == 200));
        return new ServiceProcess(port, running.orElseGet(() -> {
            ChildProcess.stopOrphan(command);
            Ports.claim(name, port);
            Optional.ofNullable(environment.get(MANAGEMENT_PORT))
                .ifPresent((management) -> Ports.claim(service.managementPort(), Integer.parseInt(management)));
            return ChildProcess.start(command);
        }));
    }

    /** Settings that a service gets because its supervisor has them. */
    private static Stream<String> inherited() {
        return new TreeMap<>(System.getenv()).entrySet()
            .stream()
            .filter((variable) -> INHERITED.stream().anyMatch(variable.getKey()::startsWith))
            .map((variable) -> variable.getKey() + "=" + variable.getValue());
    }

    private static Map<String, String> environment(Service service, String name, int port,
            Map<String, String> environment) {
        Map<String, String> complete = new HashMap<>(environment);
        // A name that stays: Kafka gives a restarted one its partitions back at once.
        complete.put("PREGAO_%s_INSTANCE".formatted(service.name()), name);
        complete.put("SERVER_PORT", Integer.toString(port));
        complete.put("SERVER_ADDRESS", "127.0.0.1");
        complete.put("MALLOC_ARENA_MAX", "2"); // glibc would reserve memory for each core
        return complete;
    }

    /**
     * What a service says of its readiness.
     * @param url where it is
     * @return the status of {@code /readyz}, or 0 where nobody answers
     */
    public static int readiness(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/readyz"))
            .timeout(Duration.ofSeconds(3))
            .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
        catch (IOException ex) {
            return 0;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public boolean isReady() {
        return isAlive() && readiness("http://127.0.0.1:" + port()) == 200;
    }

}
