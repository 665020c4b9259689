package pregao.devcluster;

import java.util.LinkedHashMap;
import java.util.Map;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.process.Ports;
import pregao.devcluster.service.Service;

/**
 * Where everything listens, by name. Zero is a free port.
 *
 * @param byName a port for each part, and one for the management of each service
 */
public record DevClusterPorts(Map<String, Integer> byName) {

    private static final int POSTGRES_OFFSET = 20;

    private static final int SIMULATOR_OFFSET = 30;

    public DevClusterPorts {
        byName = Map.copyOf(byName);
    }

    /**
     * The ports that everybody knows.
     * @return 8080 and around, 5432, 9092, 6379
     */
    public static DevClusterPorts usual() {
        Map<String, Integer> ports = new LinkedHashMap<>(
                Map.of(DevCluster.POSTGRES, 5432, DevCluster.KAFKA, 9092, DevCluster.REDIS, 6379));
        for (Service service : Service.values()) {
            ports.put(service.shortName(), service.defaultPort());
            ports.put(service.managementPort(), service.defaultManagementPort());
        }
        for (Simulator simulator : Simulator.values()) {
            ports.put(simulator.partName(), simulator.defaultPort());
        }
        return new DevClusterPorts(ports);
    }

    /**
     * Ports in a row, for a second stack on one machine.
     * @param base the gateway's
     * @return the services as far from it as usual, then the servers
     */
    public static DevClusterPorts from(int base) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        int gateway = Service.GATEWAY.defaultPort();
        for (Service service : Service.values()) {
            ports.put(service.shortName(), base + service.defaultPort() - gateway);
            ports.put(service.managementPort(), base + service.defaultManagementPort() - gateway);
        }
        ports.put(DevCluster.POSTGRES, base + POSTGRES_OFFSET);
        ports.put(DevCluster.KAFKA, base + POSTGRES_OFFSET + 1);
        ports.put(DevCluster.REDIS, base + POSTGRES_OFFSET + 2);
        for (Simulator simulator : Simulator.values()) {
            ports.put(simulator.partName(), base + SIMULATOR_OFFSET + simulator.defaultPort() - Simulator.FIRST_PORT);
        }
        return new DevClusterPorts(ports);
    }

    /**
     * Free ports, for tests.
     * @return all chosen now
     */
    public static DevClusterPorts free() {
        DevClusterPorts ports = usual();
        for (String name : ports.byName().keySet()) {
            ports = ports.with(name, Ports.free());
        }
        return ports;
    }

    /**
     * Chooses those that are left open.
     * @return all ports, none of them zero
     */
    DevClusterPorts chosen() {
        DevClusterPorts ports = this;
        for (Map.Entry<String, Integer> port : this.byName.entrySet()) {
            ports = (port.getValue() == 0) ? ports.with(port.getKey(), Ports.free()) : ports;
        }
        return ports;
    }

    /**
     * One port changed.
     * @param name whose
     * @param port the new one
     * @return all ports
     */
    public DevClusterPorts with(String name, int port) {
        Map<String, Integer> changed = new LinkedHashMap<>(this.byName);
        changed.put(name, port);
        return new DevClusterPorts(changed);
    }

    /**
     * The management ports of all services changed.
     * @param first the gateway's; the others are as far from it as usual, and free ones
     * where it is zero
     * @return all ports
     */
    public DevClusterPorts withManagement(int first) {
        DevClusterPorts ports = this;
        for (Service service : Service.values()) {
            int offset = service.defaultPort() - Service.GATEWAY.defaultPort();
            ports = ports.with(service.managementPort(), (first == 0) ? 0 : first + offset);
        }
        return ports;
    }

    /**
     * A port.
     * @param name whose
     * @return the number
     */
    public int of(String name) {
        Integer port = this.byName.get(name);
        if (port == null) {
            throw new IllegalArgumentException("nothing is called " + name);
        }
        return port;
    }

}
