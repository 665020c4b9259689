package pregao.devcluster.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import pregao.devcluster.DevCluster;
import pregao.devcluster.ExternalServers;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.process.Ports;
import pregao.devcluster.service.Service;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;

/**
 * What a start was asked for, beside what runs already.
 *
 * @param ports those that options name, by the option, with the part whose it is
 * @param simulators whether brokers are to be simulated
 * @param addresses servers that somebody else runs
 */
record RequestedStart(Map<String, Map.Entry<String, Integer>> ports, boolean simulators, ExternalServers addresses) {

    RequestedStart {
        ports = Map.copyOf(ports);
    }

    /**
     * What runs otherwise than asked for.
     * @param running a stack
     * @return a phrase for each difference; empty where there is none
     */
    List<String> conflicts(ClusterReport running) {
        List<String> conflicts = new ArrayList<>();
        new TreeMap<>(this.ports).forEach((option, port) -> {
            if (isElsewhere(running, port.getKey(), port.getValue())) {
                conflicts.add("%s=%d (%s)".formatted(option, port.getValue(), address(running, port.getKey())));
            }
        });
        if (this.simulators && running.parts().stream().noneMatch((part) -> Simulator.isNamed(part.name()))) {
            conflicts.add("--with-simulators");
        }
        server(running, DevCluster.POSTGRES, "PREGAO_DATABASE_URL", this.addresses.database(), conflicts);
        server(running, DevCluster.KAFKA, "PREGAO_KAFKA", this.addresses.kafka(), conflicts);
        server(running, DevCluster.REDIS, "PREGAO_REDIS_URL", this.addresses.redis().replaceFirst("//[^@/]*@", "//"),
                conflicts);
        return conflicts;
    }

    /** The port of the management is nobody's address. */
    private static boolean isElsewhere(ClusterReport running, String name, int port) {
        if (port == 0) {
            return false;
        }
        if (name.equals(Service.GATEWAY.managementPort())) {
            return !Ports.isListening(port);
        }
        return running.part(name)
            .filter((part) -> part.state() != ComponentState.EXTERNAL)
            .map((part) -> port(part) != port)
            .orElse(false);
    }

    static int port(ComponentReport part) {
        return URI.create(part.url().contains("://") ? part.url() : "kafka://" + part.url()).getPort();
    }

    private static String address(ClusterReport running, String name) {
        String url = running.url(name);
        return url.isEmpty() ? "-" : url;
    }

    private static void server(ClusterReport running, String name, String variable, String wanted,
            List<String> conflicts) {
        String external = running.part(name)
            .filter((part) -> part.state() == ComponentState.EXTERNAL)
            .map(ComponentReport::url)
            .orElse("");
        if (!running.parts().isEmpty() && !external.equals(wanted)) {
            conflicts.add("%s=%s (%s)".formatted(variable, wanted, address(running, name)));
        }
    }

}
