package pregao.devcluster.command;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import pregao.devcluster.DevCluster;
import pregao.devcluster.process.StartupException;

/**
 * {@code ./pregao dlt}: what could not be decoded or stored, and why.
 */
@Command(name = "dlt", mixinStandardHelpOptions = true, resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class DeadLettersCommand implements Callable<Integer> {

    private static final int MAX_LENGTH = 300;

    private final CommandContext installation;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", descriptionKey = "limit")
    private int limit = 100;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TOPIC", defaultValue = "", descriptionKey = "topic")
    private String topic = "";

    DeadLettersCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() {
        String kafka = this.installation.running()
            .map((report) -> report.url(DevCluster.KAFKA))
            .orElseThrow(() -> new StartupException(this.installation.texts().text("status.none")));
        List<DeadLetterReader.DeadLetter> letters = DeadLetterReader.read(kafka, this.topic);
        if (letters.isEmpty()) {
            this.installation.say("dlt.none");
        }
        letters.stream().limit(this.limit).forEach(this::print);
        if (letters.size() > this.limit) {
            this.installation.say("dlt.more", letters.size() - this.limit);
        }
        this.installation.out().flush();
        return 0;
    }

    private void print(DeadLetterReader.DeadLetter letter) {
        this.installation.out()
            .printf(Locale.ROOT, "%s-%d@%d  %s  key=%s  %d bytes%n", letter.topic(), letter.partition(),
                    letter.offset(), letter.time(), letter.key(), letter.size());
        new TreeMap<>(letter.headers())
            .forEach((name, value) -> this.installation.out().println("    " + name + ": " + cut(value)));
    }

    private static String cut(String value) {
        String line = value.lines().findFirst().orElse("");
        return (line.length() > MAX_LENGTH) ? line.substring(0, MAX_LENGTH) + "…" : line;
    }

}
