package pregao.devcluster.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;

/**
 * The run that makes a service's AOT cache: it starts as far as its beans are made, then
 * ends, and the JVM writes down what it learned. Later starts take half the time.
 */
public final class AotTrainingRun {

    private static final long TIMEOUT_SECONDS = 240;

    private final JavaCommand java;

    private final Map<String, String> environment;

    private final Path logs;

    AotTrainingRun(JavaCommand java, Map<String, String> environment, Path logs) {
        this.java = java;
        this.environment = environment;
        this.logs = logs;
    }

    /**
     * The training that a service still needs.
     * @param root the folder of the repository
     * @param service which
     * @param environment as for its real run
     * @param logs where its log goes
     * @return the training
     */
    public static AotTrainingRun of(Path root, Service service, Map<String, String> environment, Path logs) {
        return new AotTrainingRun(new JavaCommand(service, UnpackedJar.of(root, service)), environment, logs);
    }

    /**
     * Whether the cache is there already.
     * @return true where nothing is to be done
     */
    public boolean isDone() {
        return this.java.hasCache();
    }

    /**
     * Makes the cache, with low priority. A failure costs only speed.
     * @return whether it is there now
     * @throws InterruptedException when nobody waits for it any more; the run is ended
     */
    public boolean run() throws InterruptedException {
        Path cache = this.java.cache();
        Path draft = cache.resolveSibling(cache.getFileName() + ".new");
        List<String> line = new ArrayList<>();
        ChildProcess.executable("nice").ifPresent((nice) -> line.addAll(List.of(nice.toString(), "-n", "10")));
        line.addAll(this.java.train(draft));
        ChildProcess child = ChildProcess.start(new ProcessSpec("training-" + this.java.service().shortName(), line,
                this.environment, this.logs, Signal.KILL));
        try (child) {
            child.waitFor(Duration.ofSeconds(TIMEOUT_SECONDS));
        }
        try {
            Files.deleteIfExists(cache.resolveSibling(draft.getFileName() + ".config"));
            if (Files.exists(draft)) {
                Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
                if (!isOfUse()) {
                    Files.delete(cache);
                }
            }
            return isDone();
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** A JVM that cannot begin with its cache does not begin without it either. */
    private boolean isOfUse() throws IOException, InterruptedException {
        Process trial = new ProcessBuilder(this.java.trial()).redirectErrorStream(true)
            .redirectOutput(this.logs.resolve("training-trial.log").toFile())
            .start();
        if (!trial.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            trial.destroyForcibly();
            return false;
        }
        return trial.exitValue() == 0;
    }

}
