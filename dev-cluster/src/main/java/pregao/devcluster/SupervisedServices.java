package pregao.devcluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import pregao.devcluster.service.Service;
import pregao.devcluster.service.ServiceProcess;
import pregao.devcluster.supervision.SupervisedProcess;

/**
 * The services of a stack, each with its supervision.
 */
final class SupervisedServices {

    private static final String HOST = "http://127.0.0.1:";

    private final DevClusterConfig settings;

    private final InfrastructureServers servers;

    private final InstallationCredentials keys;

    private final Runnable listener;

    SupervisedServices(DevClusterConfig settings, InfrastructureServers servers, InstallationCredentials keys,
            Runnable listener) {
        this.settings = settings;
        this.servers = servers;
        this.keys = keys;
        this.listener = listener;
    }

    /**
     * Those that are wanted, not started yet.
     * @return in the order of the flow
     */
    List<SupervisedProcess> wanted() {
        return Stream.of(Service.values())
            .filter(this.settings.services()::contains)
            .map((service) -> part(service, service.shortName(), this.settings.ports().of(service.shortName()),
                    this.settings.ports().of(service.managementPort())))
            .toList();
    }

    /**
     * A service, or one more of it.
     * @param service which
     * @param name what this one is called
     * @param port where it listens
     * @param management where it answers metrics and log levels
     * @return not started yet
     */
    SupervisedProcess part(Service service, String name, int port, int management) {
        return new SupervisedProcess(name, HOST + port, HOST + management, () -> {
            Map<String, String> told = environment().of(service);
            told.put(ServiceProcess.MANAGEMENT_PORT, Integer.toString(management));
            return ServiceProcess.start(this.settings.root(), service, name, port, told,
                    this.settings.home().resolve("logs"));
        }, this.listener);
    }

    /**
     * The settings that services get.
     * @return for servers that run
     */
    ServiceEnvironment environment() {
        return new ServiceEnvironment(this.servers.databaseUrl(), this.servers.logins(), this.servers.kafka(),
                this.servers.redisUrl(), this.settings.ports(), this.keys, this.settings.partitions(),
                this.settings.services(), this.settings.simulators());
    }

}
