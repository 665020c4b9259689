package pregao.devcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.service.Service;

/**
 * What a stack is started with.
 *
 * @param root the folder of the repository, where the services' jars are
 * @param home the data folder
 * @param ports where everything listens
 * @param addresses servers that somebody else runs
 * @param partitions of the market topics, fixed with the first start
 * @param services which of the services run
 * @param simulators which brokers are simulated
 * @param training whether missing AOT caches are made once everything is ready
 * @param patience how long a part may take to start
 */
public record DevClusterConfig(Path root, Path home, DevClusterPorts ports, ExternalServers addresses, int partitions,
        Set<Service> services, Set<Simulator> simulators, boolean training, Duration patience) {

    public DevClusterConfig {
        services = Set.copyOf(services);
        simulators = Set.copyOf(simulators);
    }

    /**
     * What a person gets who says nothing.
     * @param root the folder of the repository
     * @param home the data folder
     * @return usual ports, all services
     */
    public static DevClusterConfig of(Path root, Path home) {
        return new DevClusterConfig(root, home.toAbsolutePath().normalize(), DevClusterPorts.usual(),
                ExternalServers.none(), 4, Set.of(Service.values()), Set.of(), true, Duration.ofMinutes(3));
    }

    /**
     * What a test wants: free ports, a folder of its own, no training.
     * @param home the data folder
     * @return the settings
     */
    public static DevClusterConfig forTests(Path home) {
        return of(findRoot(), home).withPorts(DevClusterPorts.free()).withTraining(false);
    }

    /**
     * Finds the repository: told by {@code pregao.root}, or here, or above.
     * @return its folder
     */
    public static Path findRoot() {
        Path start = Path.of(System.getProperty("pregao.root", "")).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("dev-cluster")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new StartupException(
                "the folder of Pregão is not " + start + " nor above it; say where with -Dpregao.root");
    }

    public DevClusterConfig withPorts(DevClusterPorts changed) {
        return new DevClusterConfig(this.root, this.home, changed, this.addresses, this.partitions, this.services,
                this.simulators, this.training, this.patience);
    }

    public DevClusterConfig withAddresses(ExternalServers changed) {
        return new DevClusterConfig(this.root, this.home, this.ports, changed, this.partitions, this.services,
                this.simulators, this.training, this.patience);
    }

    public DevClusterConfig withServices(Set<Service> changed) {
        return new DevClusterConfig(this.root, this.home, this.ports, this.addresses, this.partitions, changed,
                this.simulators, this.training, this.patience);
    }

    public DevClusterConfig withTraining(boolean changed) {
        return new DevClusterConfig(this.root, this.home, this.ports, this.addresses, this.partitions, this.services,
                this.simulators, changed, this.patience);
    }

    public DevClusterConfig withSimulators(Set<Simulator> changed) {
        return new DevClusterConfig(this.root, this.home, this.ports, this.addresses, this.partitions, this.services,
                changed, this.training, this.patience);
    }

}
