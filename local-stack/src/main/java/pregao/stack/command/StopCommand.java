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

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Installation installation;

    StopCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        try (StateFile file = this.installation.stateFile()) {
            Optional<ProcessHandle> supervisor = file.supervisor();
            if (supervisor.isPresent()) {
                this.installation.say("stop.begin");
                ProcessHandle process = supervisor.get();
                Signal.TERM.send(process.pid());
                if (!Wait.holdsWithin(PATIENCE, () -> !process.isAlive())) {
                    Signal.KILL.send(process.pid());
                    Wait.holdsWithin(PATIENCE, () -> !process.isAlive());
                }
            }
            List<String> orphans = file.take() ? Orphans.stop(this.installation.home()) : List.of();
            if (!orphans.isEmpty()) {
                this.installation.say("stop.orphans", String.join(", ", orphans));
            }
            this.installation.say((supervisor.isEmpty() && orphans.isEmpty()) ? "stop.nothing" : "stop.done");
        }
        return 0;
    }

}
