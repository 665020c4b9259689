package pregao.stack.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import pregao.stack.StackSettings;
import pregao.stack.state.StackReport;
import pregao.stack.state.StateFile;

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
record Installation(Path root, Path home, Map<String, String> environment, Texts texts, PrintWriter out) {

    static Installation of(Map<String, String> environment, PrintWriter out) {
        Path root = StackSettings.findRoot();
        String home = environment.getOrDefault("PREGAO_HOME", "");
        return new Installation(root, home.isBlank() ? root.resolve(".pregao") : Path.of(home).toAbsolutePath(),
                environment, new Texts(Texts.language(environment)), out);
    }

    StateFile stateFile() {
        return new StateFile(this.home);
    }

    Optional<StackReport> running() {
        return stateFile().running();
    }

    Locale language() {
        return Texts.language(this.environment);
    }

    void say(String key, Object... values) {
        this.out.println(this.texts.text(key, values));
        this.out.flush();
    }

}
