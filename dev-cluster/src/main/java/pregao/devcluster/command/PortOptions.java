package pregao.devcluster.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import pregao.devcluster.DevClusterPorts;
import pregao.devcluster.service.Service;

/**
 * Where everything listens, as options.
 */
final class PortOptions {

    @Option(names = "--port-base", paramLabel = "N", descriptionKey = "port-base")
    private @Nullable Integer base;

    @Option(names = "--management-port", paramLabel = "N", descriptionKey = "management-port")
    private @Nullable Integer management;

    private final Map<String, Integer> chosen = new LinkedHashMap<>();

    @Option(names = "--gateway-port", paramLabel = "N", descriptionKey = "port")
    void gateway(int port) {
        this.chosen.put("gateway", port);
    }

    @Option(names = "--ingest-port", paramLabel = "N", descriptionKey = "port")
    void ingest(int port) {
        this.chosen.put("ingest", port);
    }

    @Option(names = "--aggregator-port", paramLabel = "N", descriptionKey = "port")
    void aggregator(int port) {
        this.chosen.put("aggregator", port);
    }

    @Option(names = "--indicators-port", paramLabel = "N", descriptionKey = "port")
    void indicators(int port) {
        this.chosen.put("indicators", port);
    }

    @Option(names = "--strategy-port", paramLabel = "N", descriptionKey = "port")
    void strategy(int port) {
        this.chosen.put("strategy", port);
    }

    @Option(names = "--session-port", paramLabel = "N", descriptionKey = "port")
    void session(int port) {
        this.chosen.put("session", port);
    }

    @Option(names = "--postgres-port", paramLabel = "N", descriptionKey = "port")
    void postgres(int port) {
        this.chosen.put("postgres", port);
    }

    @Option(names = "--kafka-port", paramLabel = "N", descriptionKey = "port")
    void kafka(int port) {
        this.chosen.put("kafka", port);
    }

    @Option(names = "--redis-port", paramLabel = "N", descriptionKey = "port")
    void redis(int port) {
        this.chosen.put("redis", port);
    }

    @Option(names = "--polarium-simulator-port", paramLabel = "N", descriptionKey = "port")
    void polariumSimulator(int port) {
        this.chosen.put("polarium-simulator", port);
    }

    @Option(names = "--binance-simulator-port", paramLabel = "N", descriptionKey = "port")
    void binanceSimulator(int port) {
        this.chosen.put("binance-simulator", port);
    }

    DevClusterPorts ports() {
        DevClusterPorts ports = (this.base == null) ? DevClusterPorts.usual() : DevClusterPorts.from(this.base);
        for (Map.Entry<String, Integer> choice : this.chosen.entrySet()) {
            ports = ports.with(choice.getKey(), choice.getValue());
        }
        return (this.management == null) ? ports : ports.withManagement(this.management);
    }

    /**
     * The ports that were asked for.
     * @return by the option that names them, with their part; empty where none was given
     */
    Map<String, Map.Entry<String, Integer>> requested() {
        Map<String, Map.Entry<String, Integer>> requested = new LinkedHashMap<>();
        if (this.base != null) {
            requested.put("--port-base", Map.entry("gateway", this.base));
        }
        if (this.management != null) {
            requested.put("--management-port", Map.entry(Service.GATEWAY.managementPort(), this.management));
        }
        this.chosen.forEach((name, port) -> requested.put("--" + name + "-port", Map.entry(name, port)));
        return requested;
    }

    /**
     * The same options as text, for the process in the background.
     * @return arguments
     */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (this.base != null) {
            arguments.add("--port-base=" + this.base);
        }
        if (this.management != null) {
            arguments.add("--management-port=" + this.management);
        }
        this.chosen.forEach((name, port) -> arguments.add("--" + name + "-port=" + port));
        return arguments;
    }

}
