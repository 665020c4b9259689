package pregao.devcluster.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import pregao.devcluster.DevCluster;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;

/**
 * {@code ./pregao sql}: the database, by psql where there is one.
 */
@Command(name = "sql", resourceBundle = Messages.BUNDLE, usageHelpAutoWidth = true)
final class SqlCommand implements Callable<Integer> {

    private final CommandContext installation;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    SqlCommand(CommandContext installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        ComponentReport part = this.installation.running()
            .flatMap((report) -> report.part(DevCluster.POSTGRES))
            .orElseThrow(() -> new StartupException(this.installation.texts().text("status.none")));
        URI url = URI.create(part.url());
        DatabaseCredentials login = (part.state() == ComponentState.EXTERNAL)
                ? externalLogin(this.installation.environment())
                    .orElseThrow(() -> new StartupException(this.installation.texts().text("sql.external")))
                : LocalPostgres.superuser(this.installation.home().resolve(DevCluster.POSTGRES));
        Optional<Path> psql = ChildProcess.executable("psql");
        return psql.isPresent() ? psql(psql.get(), url, login) : table(url, login);
    }

    /**
     * Returns who asks a database that is not ours: the user that psql's own variables
     * name, or the owner of the market data.
     */
    static Optional<DatabaseCredentials> externalLogin(Map<String, String> environment) {
        String user = environment.getOrDefault("PGUSER", "");
        String owner = environment.getOrDefault("PREGAO_DATABASE_PASSWORD_AGGREGATOR", "");
        if (!user.isEmpty()) {
            return Optional.of(new DatabaseCredentials(user, environment.getOrDefault("PGPASSWORD", "")));
        }
        return owner.isEmpty() ? Optional.empty() : Optional.of(new DatabaseCredentials("pregao_aggregator", owner));
    }

    private int psql(Path program, URI url, DatabaseCredentials login) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program.toString(), "-U", login.user(), "-d", url.toString()));
        line.addAll(this.arguments);
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        if (!login.password().isEmpty()) {
            builder.environment().put("PGPASSWORD", login.password());
        }
        return builder.start().waitFor();
    }

    private int table(URI url, DatabaseCredentials login) throws SQLException {
        int option = this.arguments.indexOf("-c");
        if (option < 0 || option + 1 >= this.arguments.size()) {
            throw new StartupException(this.installation.texts().text("sql.nopsql"));
        }
        ResultSetPrinter table = new ResultSetPrinter(url, login);
        List<List<String>> rows = table.rows(this.arguments.get(option + 1));
        ResultSetPrinter.lines(rows).forEach(this.installation.out()::println);
        this.installation.say("sql.rows", Math.max(0, rows.size() - 1));
        return 0;
    }

}
