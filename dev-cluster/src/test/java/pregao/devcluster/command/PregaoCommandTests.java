package pregao.devcluster.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import pregao.devcluster.DevClusterPorts;
import pregao.devcluster.service.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PregaoCommand} and what needs no running stack.
 */
class PregaoCommandTests {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private int run(String language, String... arguments) {
        CommandLine line = PregaoCommand.line(Map.of("LANG", language, "PREGAO_HOME", home().toString()),
                new PrintWriter(this.said));
        line.setErr(new PrintWriter(this.said, true));
        return line.execute(arguments);
    }

    private Path home() {
        return this.folder.resolve("data");
    }

    @ParameterizedTest
    @ValueSource(strings = { "start", "stop", "status", "logs", "credentials", "replay", "simulate", "dlt", "reset" })
    void explainsEachCommand(String command) {
        assertThat(run("en_US.UTF-8", command, "--help")).isZero();
        assertThat(this.said.toString()).contains("Usage: ./pregao " + command);
    }

    @Test
    void listsItsCommandsInTheLanguageOfTheTerminal() {
        assertThat(run("pt_BR.UTF-8", "--help")).isZero();
        assertThat(this.said.toString()).contains("Encerra tudo em ordem.").contains("sql", "replay");
    }

    @Test
    void saysThatNothingRuns() {
        assertThat(run("en", "status")).isEqualTo(3);
        assertThat(this.said.toString()).contains("Not running: ./pregao start");
        assertThat(run("en", "stop")).isZero();
        assertThat(this.said.toString()).contains("Nothing runs.");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(run("en", "strat")).isEqualTo(2);
        assertThat(run("en", "start", "--no-such-port", "1")).isEqualTo(2);
    }

    @Test
    void givesTheSameCredentialsEachTimeInOneLine() {
        assertThat(run("en", "credentials", "--json")).isZero();
        String first = this.said.toString();
        assertThat(first)
            .matches("\\{\"api_key\":\"pregao_[A-Za-z0-9_-]{32}\",\"scopes\":\\[\"ingest\",\"read\"\\].*\\}\\R");
        assertThat(run("en", "credentials", "--json")).isZero();
        assertThat(this.said.toString()).isEqualTo(first + first);
    }

    @Test
    void saysThePasswordAlone() {
        assertThat(run("en", "credentials", "--json")).isZero();
        String all = this.said.toString();
        this.said.getBuffer().setLength(0);
        assertThat(run("en", "credentials", "--password")).isZero();
        assertThat(all).contains("\"admin_password\":\"" + this.said.toString().strip() + '"');
    }

    @Test
    void deletesOnlyWhatIsItsOwn() throws IOException {
        Files.createDirectories(home());
        Files.writeString(home().resolve("letter.txt"), "dear");
        assertThat(run("en", "reset", "--yes")).isEqualTo(1);
        assertThat(home().resolve("letter.txt")).exists();
        assertThat(this.said.toString()).contains("not a data folder");
        run("en", "credentials");
        assertThat(run("en", "reset", "--yes")).isZero();
        assertThat(home()).doesNotExist();
    }

    @Test
    void hasAnOptionForThePortOfEachPart() {
        CommandLine commandLine = PregaoCommand.line(Map.of("PREGAO_HOME", home().toString()),
                new PrintWriter(this.said));
        Map<String, CommandLine.Model.OptionSpec> options = Objects
            .requireNonNull(commandLine.getSubcommands().get("start"))
            .getCommandSpec()
            .optionsMap();
        // Management ports are chosen together.
        Set<String> parts = new HashSet<>(DevClusterPorts.usual().byName().keySet());
        Arrays.stream(Service.values()).map(Service::managementPort).forEach(parts::remove);
        assertThat(parts).isNotEmpty();
        parts.forEach((name) -> assertThat(options).containsKey("--" + name + "-port"));
        assertThat(options).containsKey("--management-port");
    }

    @Test
    void promisesNoPageThatDoesNotExist() {
        for (Locale language : List.of(Locale.ROOT, Locale.of("pt", "BR"))) {
            ResourceBundle texts = ResourceBundle.getBundle(Messages.BUNDLE, language);
            texts.keySet()
                .forEach((key) -> assertThat(texts.getString(key)).as(key)
                    .doesNotContainPattern("(?i)\\bp(age|ágina)\\b"));
        }
    }

    @Test
    void showsTheLastLinesOfALog() throws IOException {
        Files.createDirectories(home().resolve("logs"));
        Files.writeString(home().resolve("logs/ingest.log"), "one\ntwo\nthree\n");
        assertThat(run("en", "logs", "--tail", "2", "ingest")).isZero();
        assertThat(this.said.toString()).isEqualToNormalizingNewlines("two\nthree\n");
        assertThat(run("en", "logs", "nobody")).isEqualTo(1);
        assertThat(this.said.toString()).contains("There is no log of nobody; there are: ingest");
    }

    @ParameterizedTest
    @CsvSource({ "8, 0", "1, 8", "2, 4" })
    void findsWhereTheLastLinesBegin(int lines, long offset) throws IOException {
        Path file = Files.writeString(this.folder.resolve("a.log"), "one\ntwo\nthr\n");
        assertThat(LogFileReader.lastLines(file, lines)).isEqualTo(offset);
        assertThat(LogFileReader.read(file, offset).next()).isEqualTo(12);
    }

    @Test
    void hasEachTextInBothLanguages() {
        ResourceBundle english = ResourceBundle.getBundle(Messages.BUNDLE, Locale.ROOT);
        ResourceBundle portuguese = ResourceBundle.getBundle(Messages.BUNDLE, Locale.of("pt", "BR"));
        assertThat(portuguese.getString("stop.done")).isEqualTo("Encerrado.");
        assertThat(portuguese.keySet()).isEqualTo(english.keySet());
        english.keySet()
            .forEach((key) -> assertThat(places(portuguese.getString(key))).as(key)
                .isEqualTo(places(english.getString(key))));
    }

    private static List<String> places(String text) {
        return java.util.regex.Pattern.compile("\\{\\d\\}")
            .matcher(text)
            .results()
            .map((place) -> place.group())
            .sorted()
            .toList();
    }

    @ParameterizedTest
    @CsvSource({ "pt_BR.UTF-8, pt", "pt, pt", "en_US.UTF-8, en", "C, en", "'', en" })
    void speaksPortugueseWhereItIsAskedFor(String value, String language) {
        assertThat(Messages.language(Map.of("LANG", value)).getLanguage()).isEqualTo(language);
        assertThat(Messages.language(Map.of("LC_ALL", value, "LANG", "")).getLanguage()).isEqualTo(language);
    }

    @Test
    void writesRowsAsATable() {
        assertThat(ResultSetPrinter.lines(List.of(List.of("symbol", "n"), List.of("EURUSD", "12"), List.of("X", ""))))
            .containsExactly("symbol | n", "-------+---", "EURUSD | 12", "X      |");
    }

}
