package pregao.devcluster.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import pregao.devcluster.DevClusterConfig;
import pregao.devcluster.state.ClusterReport;
import pregao.devcluster.state.StateFile;

/**
 * What every command needs to know: which folders are meant, which language is spoken,
 * and what runs.
 *
 * @param root the folder of the repository
 * @param home the data folder
 * @param environment of the terminal
 * @param texts in its language
 * @param out where to print
 */
record CommandContext(Path root, Path home, Map<String, String> environment, Messages texts, PrintWriter out) {

    static CommandContext of(Map<String, String> environment, PrintWriter out) {
        Path root = DevClusterConfig.findRoot();
        String home = environment.getOrDefault("PREGAO_HOME", "");
        return new CommandContext(root, home.isBlank() ? root.resolve(".pregao") : Path.of(home).toAbsolutePath(),
                environment, new Messages(Messages.language(environment)), out);
    }

    StateFile stateFile() {
        return new StateFile(this.home);
    }

    Optional<ClusterReport> running() {
        return stateFile().running();
    }

    Locale language() {
        return Messages.language(this.environment);
    }

    void say(String key, Object... values) {
        this.out.println(this.texts.text(key, values));
        this.out.flush();
    }

}
