package pregao.stack.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import pregao.stack.LocalStack;
import pregao.stack.postgres.LocalPostgres;
import pregao.stack.postgres.Login;
import pregao.stack.process.ChildProcess;
import pregao.stack.process.StartFailed;
import pregao.stack.state.PartReport;
import pregao.stack.state.PartState;

/**
 * {@code ./pregao sql}: the database, by psql where there is one.
 */
@Command(name = "sql", resourceBundle = Texts.BUNDLE, usageHelpAutoWidth = true)
final class SqlCommand implements Callable<Integer> {

    private final Installation installation;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    SqlCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        PartReport part = this.installation.running()
            .flatMap((report) -> report.part(LocalStack.POSTGRES))
            .orElseThrow(() -> new StartFailed(this.installation.texts().text("status.none")));
        if (part.state() == PartState.EXTERNAL) {
            throw new StartFailed(this.installation.texts().text("sql.external"));
        }
        URI url = URI.create(part.url());
        Login login = LocalPostgres.superuser(this.installation.home().resolve(LocalStack.POSTGRES));
        Optional<Path> psql = ChildProcess.executable("psql");
        return psql.isPresent() ? psql(psql.get(), url, login) : table(url, login);
    }

    private int psql(Path program, URI url, Login login) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program.toString(), "-h", url.getHost(), "-p",
                Integer.toString(url.getPort()), "-U", login.user(), "-d", url.getPath().substring(1)));
        line.addAll(this.arguments);
        ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
        builder.environment().put("PGPASSWORD", login.password());
        return builder.start().waitFor();
    }

    private int table(URI url, Login login) throws SQLException {
        int option = this.arguments.indexOf("-c");
        if (option < 0 || option + 1 >= this.arguments.size()) {
            throw new StartFailed(this.installation.texts().text("sql.nopsql"));
        }
        SqlTable table = new SqlTable(url, login);
        List<List<String>> rows = table.rows(this.arguments.get(option + 1));
        SqlTable.lines(rows).forEach(this.installation.out()::println);
        this.installation.say("sql.rows", Math.max(0, rows.size() - 1));
        return 0;
    }

}
