package pregao.devcluster.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import pregao.devcluster.process.StartupException;

/**
 * A database of its own on a server that somebody gave, dropped at the end: for tests
 * against a server that is not ours. The roles stay and have the superuser's password.
 */
public final class TemporaryDatabase implements Database {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final String server;

    private final String name;

    private final DatabaseCredentials superuser;

    private TemporaryDatabase(String server, String name, DatabaseCredentials superuser) {
        this.server = server;
        this.name = name;
        this.superuser = superuser;
    }

    /**
     * Makes one on the server that the environment names.
     * @param environment with {@code PREGAO_TEST_DATABASE_URL}, {@code …_USER} and
     * {@code …_PASSWORD} of a superuser
     * @return the database
     * @throws StartupException where the server refuses
     */
    public static TemporaryDatabase make(Map<String, String> environment) {
        URI url = URI.create(environment.getOrDefault("PREGAO_TEST_DATABASE_URL", ""));
        DatabaseCredentials superuser = new DatabaseCredentials(
                environment.getOrDefault("PREGAO_TEST_DATABASE_USER", "postgres"),
                environment.getOrDefault("PREGAO_TEST_DATABASE_PASSWORD", ""));
        TemporaryDatabase temporaryDatabase = new TemporaryDatabase(url.getAuthority(),
                "pregao_test_%d_%d".formatted(ProcessHandle.current().pid(), MADE.incrementAndGet()), superuser);
        try (Connection turn = DatabaseBootstrap.connect(temporaryDatabase.server, "postgres", superuser);
                Statement statement = turn.createStatement()) {
            // Roles belong to the whole server, so whoever makes a database waits for
            // others.
            statement.execute("select pg_advisory_lock(hashtext('pregao bootstrap'))");
            DatabaseBootstrap.run(temporaryDatabase.server, temporaryDatabase.name, superuser,
                    DatabaseBootstrap.SERVICES.stream()
                        .map(DatabaseBootstrap::role)
                        .map(temporaryDatabase::login)
                        .toList());
        }
        catch (SQLException ex) {
            temporaryDatabase.close();
            throw new StartupException("%s refuses bootstrap.sql: %s".formatted(url, ex.getMessage()), ex);
        }
        return temporaryDatabase;
    }

    @Override
    public String url() {
        return "postgresql://" + this.server + "/" + this.name;
    }

    @Override
    public DatabaseCredentials login(String role) {
        return new DatabaseCredentials(role, this.superuser.password());
    }

    @Override
    public Connection connect() throws SQLException {
        return DatabaseBootstrap.connect(this.server, this.name, this.superuser);
    }

    @Override
    public void close() {
        try (Connection connection = DatabaseBootstrap.connect(this.server, "postgres", this.superuser);
                Statement statement = connection.createStatement()) {
            statement
                .execute("drop database if exists " + statement.enquoteIdentifier(this.name, true) + " with (force)");
        }
        catch (SQLException ex) {
            throw new StartupException("cannot drop " + this.name + ": " + ex.getMessage(), ex);
        }
    }

}
