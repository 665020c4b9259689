package pregao.devcluster.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import pregao.devcluster.marketgenerator.SimulateCommand;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.replay.ReplayCommand;

/**
 * {@code ./pregao}: all commands.
 */
@Command(name = "./pregao", mixinStandardHelpOptions = true, version = "Pregão 0.1.0", resourceBundle = Messages.BUNDLE,
        usageHelpAutoWidth = true)
public final class PregaoCommand {

    private PregaoCommand() {
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(line(System.getenv(), out).execute(arguments));
    }

    /**
     * All commands, for a terminal.
     * @param environment of the terminal
     * @param out where to print
     * @return ready to run
     */
    static CommandLine line(Map<String, String> environment, PrintWriter out) {
        Locale.setDefault(Messages.language(environment));
        CommandContext installation = CommandContext.of(environment, out);
        CommandLine line = new CommandLine(new PregaoCommand()).addSubcommand(new StartCommand(installation))
            .addSubcommand(new StopCommand(installation))
            .addSubcommand(new StatusCommand(installation))
            .addSubcommand(new LogsCommand(installation))
            .addSubcommand(new CredentialsCommand(installation))
            .addSubcommand(new SqlCommand(installation))
            .addSubcommand(new DeadLettersCommand(installation))
            .addSubcommand(new ReplayCommand(installation.home()))
            .addSubcommand(new SimulateCommand(installation.home()))
            .addSubcommand(new ResetCommand(installation))
            .addSubcommand(new CommandLine.HelpCommand());
        line.setOut(out);
        line.setExecutionExceptionHandler((failure, where, parsed) -> {
            if (failure instanceof StartupException) {
                where.getErr().println(failure.getMessage());
                return 1;
            }
            throw failure;
        });
        return line;
    }

}
