package pregao.devcluster.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import pregao.devcluster.StaleProcesses;
import pregao.devcluster.process.Await;
import pregao.devcluster.process.Signal;
import pregao.devcluster.state.StateFile;

/**
 * {@code ./pregao stop}: ends everything in order, also what a killed run left behind.
 */
@Command(name = "stop", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class StopCommand implements Callable<Integer> {

    /** Every part may take its whole grace, one after the other, on a busy machine. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(5);

    private final CommandContext installation;

    StopCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        try (StateFile file = this.installation.stateFile()) {
            Optional<ProcessHandle> supervisor = file.supervisor();
            supervisor.ifPresent(this::end);
            List<String> orphans = file.take() ? StaleProcesses.stop(this.installation.home()) : List.of();
            if (!orphans.isEmpty()) {
                this.installation.say(supervisor.isPresent() ? "stop.rest" : "stop.orphans",
                        String.join(", ", orphans));
            }
            this.installation.say((supervisor.isEmpty() && orphans.isEmpty()) ? "stop.nothing" : "stop.done");
        }
        return 0;
    }

    private void end(ProcessHandle supervisor) {
        this.installation.say("stop.begin");
        Signal.TERM.send(supervisor.pid());
        if (!Await.holdsWithin(REQUEST_TIMEOUT, () -> !supervisor.isAlive())) {
            this.installation.say("stop.forced", Long.toString(supervisor.pid()),
                    Long.toString(REQUEST_TIMEOUT.toSeconds()));
            Signal.KILL.send(supervisor.pid());
            Await.holdsWithin(REQUEST_TIMEOUT, () -> !supervisor.isAlive());
        }
    }

}
