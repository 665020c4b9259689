package pregao.stack.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import pregao.stack.process.StartFailed;

/**
 * A database of its own on a server that somebody gave, dropped at the end: for tests
 * against a server that is not ours. The roles stay and have the superuser's password.
 */
public final class ThrowawayDatabase implements Database {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final String server;

    private final String name;

    private final Login superuser;

    private ThrowawayDatabase(String server, String name, Login superuser) {
        this.server = server;
        this.name = name;
        this.superuser = superuser;
    }

    /**
     * Makes one on the server that the environment names.
     * @param environment with {@code PREGAO_TEST_DATABASE_URL}, {@code …_USER} and
     * {@code …_PASSWORD} of a superuser
     * @return the database
     * @throws StartFailed where the server refuses
     */
    public static ThrowawayDatabase make(Map<String, String> environment) {
        URI url = URI.create(environment.getOrDefault("PREGAO_TEST_DATABASE_URL", ""));
        Login superuser = new Login(environment.getOrDefault("PREGAO_TEST_DATABASE_USER", "postgres"),
                environment.getOrDefault("PREGAO_TEST_DATABASE_PASSWORD", ""));
        ThrowawayDatabase made = new ThrowawayDatabase(url.getAuthority(),
                "pregao_test_%d_%d".formatted(ProcessHandle.current().pid(), MADE.incrementAndGet()), superuser);
        try (Connection turn = Bootstrap.connect(made.server, "postgres", superuser);
                Statement statement = turn.createStatement()) {
            // Roles belong to the whole server, so whoever makes a database waits for
            // others.
            statement.execute("select pg_advisory_lock(hashtext('pregao bootstrap'))");
            Bootstrap.run(made.server, made.name, superuser,
                    Bootstrap.SERVICES.stream().map(Bootstrap::role).map(made::login).toList());
        }
        catch (SQLException ex) {
            made.close();
            throw new StartFailed("%s refuses bootstrap.sql: %s".formatted(url, ex.getMessage()), ex);
        }
        return made;
    }

    @Override
    public String url() {
        return "postgresql://" + this.server + "/" + this.name;
    }

    @Override
    public Login login(String role) {
        return new Login(role, this.superuser.password());
    }

    @Override
    public Connection connect() throws SQLException {
        return Bootstrap.connect(this.server, this.name, this.superuser);
    }

    @Override
    public void close() {
        try (Connection connection = Bootstrap.connect(this.server, "postgres", this.superuser);
                Statement statement = connection.createStatement()) {
            statement
                .execute("drop database if exists " + statement.enquoteIdentifier(this.name, true) + " with (force)");
        }
        catch (SQLException ex) {
            throw new StartFailed("cannot drop " + this.name + ": " + ex.getMessage(), ex);
        }
    }

}
