package pregao.devcluster.replay;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import pregao.devcluster.DevCluster;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.StateFile;

/**
 * Where the system is that a command talks to: the one that runs in the data folder, or
 * what the options say.
 */
public final class RunningCluster {

    private final Path home;

    @Option(names = "--url", paramLabel = "URL",
            description = "where the HTTP API is; default: the system that runs here")
    private @Nullable URI url;

    @Option(names = "--kafka", paramLabel = "HOST:PORT",
            description = "where Kafka is, for making a feed known; default: the system that runs here")
    private @Nullable String kafka;

    /**
     * The system of a data folder.
     * @param home the data folder
     */
    public RunningCluster(Path home) {
        this.home = home;
    }

    /**
     * Where the HTTP API is.
     * @return its root
     */
    public URI url() {
        return (this.url != null) ? this.url : URI.create(address("gateway", "--url"));
    }

    /**
     * Where Kafka is.
     * @return host and port
     */
    public String kafka() {
        return (this.kafka != null) ? this.kafka : address(DevCluster.KAFKA, "--kafka");
    }

    private String address(String part, String option) {
        ClusterReport report = new StateFile(this.home).running()
            .orElseThrow(() -> new IllegalStateException(
                    "nothing runs in %s; ./pregao start starts it, or say %s".formatted(this.home, option)));
        String address = report.url(part);
        if (address.isEmpty()) {
            throw new IllegalStateException("%s does not run; say %s".formatted(part, option));
        }
        return address;
    }

    /**
     * Where the system keeps what it must not lose.
     * @return the folder
     */
    public Path home() {
        return this.home;
    }

}
