package pregao.stack.replay;

import java.net.URI;
import java.nio.file.Path;

import picocli.CommandLine.Option;

/**
 * Where the system is that a command talks to.
 */
public final class RunningStack {

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080",
            description = "where the HTTP API is (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--kafka", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:9092",
            description = "where Kafka is, for making a feed known (default: ${DEFAULT-VALUE})")
    private String kafka = "127.0.0.1:9092";

    @Option(names = "--data", paramLabel = "FOLDER", defaultValue = ".pregao",
            description = "the data folder (default: ${DEFAULT-VALUE})")
    private Path dataFolder = Path.of(".pregao");

    /**
     * Where the HTTP API is.
     * @return its root
     */
    public URI url() {
        return this.url;
    }

    /**
     * Where Kafka is.
     * @return host and port
     */
    public String kafka() {
        return this.kafka;
    }

    /**
     * Where the system keeps what it must not lose.
     * @return the folder
     */
    public Path dataFolder() {
        return this.dataFolder;
    }

}
