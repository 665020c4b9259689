package pregao.devcluster.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import pregao.devcluster.process.StartupException;

/**
 * {@code ./pregao logs}: what the parts say.
 */
@Command(name = "logs", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class LogsCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 200;

    private final CommandContext installation;

    @Option(names = { "-f", "--follow" }, descriptionKey = "follow")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", defaultValue = "50", descriptionKey = "tail")
    private int tail = 50;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SERVICE", descriptionKey = "service")
    private @Nullable String service;

    LogsCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Long> offsets = new HashMap<>();
        for (Map.Entry<String, Path> file : files().entrySet()) {
            offsets.put(file.getKey(), LogFileReader.lastLines(file.getValue(), Math.max(1, this.tail)));
        }
        print(offsets);
        while (this.follow && !this.installation.out().checkError()) {
            Thread.sleep(LOOK_MILLIS);
            print(offsets);
        }
        return 0;
    }

    private Map<String, Path> files() {
        Map<String, Path> all = LogFileReader.in(this.installation.home());
        if (this.service == null) {
            return all;
        }
        Path file = all.get(this.service);
        if (file == null) {
            throw new StartupException(
                    this.installation.texts().text("logs.none", this.service, String.join(", ", all.keySet())));
        }
        return Map.of(this.service, file);
    }

    private void print(Map<String, Long> offsets) throws IOException {
        for (Map.Entry<String, Path> file : files().entrySet()) {
            if (Files.exists(file.getValue())) {
                LogFileReader.Chunk chunk = LogFileReader.read(file.getValue(),
                        offsets.getOrDefault(file.getKey(), 0L));
                offsets.put(file.getKey(), chunk.next());
                chunk.lines().forEach((line) -> print(file.getKey(), line));
            }
        }
        this.installation.out().flush();
    }

    private void print(String name, String line) {
        if (this.service == null) {
            this.installation.out().printf(Locale.ROOT, "%-12s| %s%n", name, line);
        }
        else {
            this.installation.out().println(line);
        }
    }

}
