package pregao.stack.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import pregao.stack.Orphans;
import pregao.stack.process.Signal;
import pregao.stack.process.Wait;
import pregao.stack.state.StateFile;

/**
 * {@code ./pregao stop}: ends everything in order, also what a killed run left behind.
 */
@Command(name = "stop", mixinStandardHelpOptions = true, resourceBundle = Texts.BUNDLE, usageHelpAutoWidth = true)
final class StopCommand implements Callable<Integer> {

    /** Every part may take its whole grace, one after the other, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;

    StopCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        try (StateFile file = this.installation.stateFile()) {
            Optional<ProcessHandle> supervisor = file.supervisor();
            supervisor.ifPresent(this::end);
            List<String> orphans = file.take() ? Orphans.stop(this.installation.home()) : List.of();
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
        if (!Wait.holdsWithin(PATIENCE, () -> !supervisor.isAlive())) {
            this.installation.say("stop.forced", Long.toString(supervisor.pid()), Long.toString(PATIENCE.toSeconds()));
            Signal.KILL.send(supervisor.pid());
            Wait.holdsWithin(PATIENCE, () -> !supervisor.isAlive());
        }
    }

}
