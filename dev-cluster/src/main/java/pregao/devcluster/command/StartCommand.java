package pregao.devcluster.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import pregao.devcluster.DevCluster;
import pregao.devcluster.DevClusterConfig;
import pregao.devcluster.ExternalServers;
import pregao.devcluster.brokersimulator.Simulator;
import pregao.devcluster.process.Await;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.ClusterReport.Phase;
import pregao.devcluster.state.StateFile;

/**
 * {@code ./pregao start}: everything, in the foreground or in the background.
 */
@Command(name = "start", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class StartCommand implements Callable<Integer> {

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(8);

    private static final Duration LOOK = Duration.ofMillis(250);

    private static final int CONFLICT = 4;

    private final CommandContext installation;

    @Option(names = { "-d", "--detach" }, descriptionKey = "detach")
    private boolean background;

    @Option(names = "--no-training", descriptionKey = "no-training")
    private boolean noTraining;

    @Option(names = "--with-simulators", descriptionKey = "with-simulators")
    private boolean withSimulators;

    @Mixin
    private PortOptions ports = new PortOptions();

    StartCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<ClusterReport> running = this.installation.running();
        if (running.isPresent()) {
            return join(running.get());
        }
        return this.background ? launch() : supervise();
    }

    private int join(ClusterReport running) {
        this.installation.say("start.runs", this.installation.home(), Long.toString(running.pid()));
        List<String> conflicts = new RequestedStart(this.ports.requested(), this.withSimulators,
                ExternalServers.of(this.installation.environment()))
            .conflicts(running);
        if (!conflicts.isEmpty()) {
            this.installation.say("start.conflict", String.join(", ", conflicts));
            return CONFLICT;
        }
        StartProgress progress = new StartProgress(this.installation);
        ClusterReport report = follow(progress, running.pid());
        if (report.phase() == Phase.READY) {
            progress.table(report);
            return 0;
        }
        return 1;
    }

    private int supervise() throws InterruptedException {
        DevClusterConfig settings = DevClusterConfig.of(this.installation.root(), this.installation.home())
            .withPorts(this.ports.ports())
            .withAddresses(ExternalServers.of(this.installation.environment()))
            .withSimulators(this.withSimulators ? Set.of(Simulator.values()) : Set.of())
            .withTraining(!this.noTraining);
        StartProgress progress = new StartProgress(this.installation);
        this.installation.say("start.begin", settings.home());
        DevCluster stack = DevCluster.create(settings, progress::show);
        if (!stack.orphans().isEmpty()) {
            this.installation.say("start.orphans", String.join(", ", stack.orphans()));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (stack.report().phase() != Phase.FAILED) {
                this.installation.say("stop.begin");
                stack.close();
                this.installation.say("stop.done");
            }
            ended.countDown();
        }, "stop"));
        stack.startAll();
        if (!stack.adopted().isEmpty()) {
            this.installation.say("start.adopted", String.join(", ", stack.adopted()));
        }
        progress.table(stack.report());
        ended.await(); // the hook ends this process
        return 0;
    }

    private int launch() {
        Path log = this.installation.home().resolve("logs").resolve("stack.log");
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(supervisor()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
            Process process = builder.start();
            StartProgress progress = new StartProgress(this.installation);
            ClusterReport report = follow(progress, process.pid());
            if (report.phase() == Phase.READY) {
                progress.table(report);
                return 0;
            }
            this.installation.out().println(report.message().isEmpty() ? Files.readString(log) : report.message());
            return 1;
        }
        catch (IOException ex) {
            throw new StartupException("cannot start in the background: " + ex.getMessage(), ex);
        }
    }

    private List<String> supervisor() {
        List<String> line = new ArrayList<>();
        ChildProcess.executable("setsid").ifPresent((setsid) -> line.add(setsid.toString()));
        ProcessHandle.Info info = ProcessHandle.current().info();
        line.add(info.command().orElseThrow(() -> new StartupException("this system does not say which Java runs")));
        line.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), PregaoCommand.class.getName(), "start"));
        line.addAll(this.ports.arguments());
        if (this.noTraining) {
            line.add("--no-training");
        }
        if (this.withSimulators) {
            line.add("--with-simulators");
        }
        return line;
    }

    /** Shows how the start of another process goes, until it is ready or has ended. */
    private ClusterReport follow(StartProgress progress, long pid) {
        StateFile file = this.installation.stateFile();
        ClusterReport[] last = { new ClusterReport(pid, Phase.STARTING, "", List.of()) };
        Await.until(REQUEST_TIMEOUT, LOOK, () -> this.installation.texts().text("start.slow"), () -> {
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            file.read().filter((report) -> report.pid() == pid).ifPresent((report) -> {
                progress.show(report);
                last[0] = report;
            });
            return !alive || last[0].phase() == Phase.READY;
        });
        return last[0];
    }

}
