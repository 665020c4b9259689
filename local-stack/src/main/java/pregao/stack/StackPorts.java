package pregao.stack;

import java.util.LinkedHashMap;
import java.util.Map;

import pregao.stack.process.Ports;
import pregao.stack.service.Service;
import pregao.stack.simulator.Simulator;

/**
 * Where everything listens, by name. Zero is a free port.
 *
 * @param byName a port for each part, and one for the management of each service
 */
public record StackPorts(Map<String, Integer> byName) {

    private static final int POSTGRES_OFFSET = 20;

    private static final int SIMULATOR_OFFSET = 30;

    public StackPorts {
        byName = Map.copyOf(byName);
    }

    /**
     * The ports that everybody knows.
     * @return 8080 and around, 5432, 9092, 6379
     */
    public static StackPorts usual() {
        Map<String, Integer> ports = new LinkedHashMap<>(
                Map.of(LocalStack.POSTGRES, 5432, LocalStack.KAFKA, 9092, LocalStack.REDIS, 6379));
        for (Service service : Service.values()) {
            ports.put(service.shortName(), service.defaultPort());
            ports.put(service.managementPort(), service.defaultManagementPort());
        }
        for (Simulator simulator : Simulator.values()) {
            ports.put(simulator.partName(), simulator.defaultPort());
        }
        return new StackPorts(ports);
    }

    /**
     * Ports in a row, for a second stack on one machine.
     * @param base the gateway's
     * @return the services as far from it as usual, then the servers
     */
    public static StackPorts from(int base) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        int gateway = Service.GATEWAY.defaultPort();
        for (Service service : Service.values()) {
            ports.put(service.shortName(), base + service.defaultPort() - gateway);
            ports.put(service.managementPort(), base + service.defaultManagementPort() - gateway);
        }
        ports.put(LocalStack.POSTGRES, base + POSTGRES_OFFSET);
        ports.put(LocalStack.KAFKA, base + POSTGRES_OFFSET + 1);
        ports.put(LocalStack.REDIS, base + POSTGRES_OFFSET + 2);
        for (Simulator simulator : Simulator.values()) {
            ports.put(simulator.partName(), base + SIMULATOR_OFFSET + simulator.defaultPort() - Simulator.FIRST_PORT);
        }
        return new StackPorts(ports);
    }

    /**
     * Free ports, for tests.
     * @return all chosen now
     */
    public static StackPorts free() {
        StackPorts ports = usual();
        for (String name : ports.byName().keySet()) {
            ports = ports.with(name, Ports.free());
        }
        return ports;
    }

    /**
     * Chooses those that are left open.
     * @return all ports, none of them zero
     */
    StackPorts chosen() {
        StackPorts ports = this;
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
    public StackPorts with(String name, int port) {
        Map<String, Integer> changed = new LinkedHashMap<>(this.byName);
        changed.put(name, port);
        return new StackPorts(changed);
    }

    /**
     * The management ports of all services changed.
     * @param first the gateway's; the others are as far from it as usual, and free ones
     * where it is zero
     * @return all ports
     */
    public StackPorts withManagement(int first) {
        StackPorts ports = this;
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
