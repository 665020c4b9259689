package pregao.devcluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.process.Ports;
import pregao.devcluster.service.Service;

/**
 * What a killed supervisor left running, and the ports that a stack needs beside it.
 */
final class StaleResources {

    private final DevClusterConfig settings;

    private final InfrastructureServers servers;

    StaleResources(DevClusterConfig settings, InfrastructureServers servers) {
        this.settings = settings;
        this.servers = servers;
    }

    /**
     * Stops what cannot be taken over, and makes sure that every port can be listened on
     * before anything is started.
     * @return the names of what was stopped
     * @throws pregao.devcluster.process.PortInUseException where another process has a
     * port
     */
    List<String> clear() {
        List<String> stopped = stop();
        claimPorts();
        return stopped;
    }

    /**
     * Where one of the servers cannot be taken over, nothing can: the services end before
     * the servers that they use.
     */
    private List<String> stop() {
        return this.servers.areRunning() ? StaleProcesses.stopAllBut(this.settings.home(), wanted())
                : StaleProcesses.stop(this.settings.home());
    }

    private void claimPorts() {
        Set<String> running = StaleProcesses.running(this.settings.home());
        Set<String> needed = wanted();
        for (Map.Entry<String, Integer> port : this.settings.ports().byName().entrySet()) {
            String owner = port.getKey().replace(Service.MANAGEMENT, "");
            if (needed.contains(owner) && !running.contains(owner)) {
                Ports.claim(port.getKey(), port.getValue());
            }
        }
    }

    private Set<String> wanted() {
        Set<String> names = new HashSet<>(this.servers.ownNames());
        this.settings.services().stream().map(Service::shortName).forEach(names::add);
        this.settings.simulators().stream().map(Simulator::partName).forEach(names::add);
        return names;
    }

}
