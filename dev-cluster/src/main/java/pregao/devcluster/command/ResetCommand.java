package pregao.devcluster.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import pregao.devcluster.StaleProcesses;
import pregao.devcluster.process.BinaryCache;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.StateFile;

/**
 * {@code ./pregao reset}: deletes all data of this installation.
 */
@Command(name = "reset", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class ResetCommand implements Callable<Integer> {

    private final CommandContext installation;

    @Option(names = "--yes", descriptionKey = "yes")
    private boolean yes;

    ResetCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(this.installation.home())) {
            this.installation.say("reset.nothing", this.installation.home());
            return 0;
        }
        if (!isOurs()) {
            throw new StartupException(this.installation.texts().text("reset.foreign", this.installation.home()));
        }
        if (!this.yes && !agrees()) {
            this.installation.say("reset.kept");
            return 1;
        }
        try (StateFile file = this.installation.stateFile()) {
            if (!file.take()) {
                throw new StartupException(this.installation.texts().text("reset.runs"));
            }
            StaleProcesses.stop(this.installation.home());
            BinaryCache.delete(this.installation.home());
        }
        this.installation.say("reset.done", this.installation.home());
        return 0;
    }

    /** A mistyped PREGAO_HOME must not cost somebody a folder. */
    private boolean isOurs() {
        return Files.exists(this.installation.home().resolve("stack.lock"))
                || Files.exists(this.installation.home().resolve("credentials"));
    }

    private boolean agrees() throws IOException {
        String word = this.installation.texts().text("reset.word");
        this.installation.say("reset.ask", this.installation.home(), word);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String answer = in.readLine();
        return answer != null && answer.strip().equals(word);
    }

}
