package pregao.devcluster.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Makes the database, its roles and its schemas, by {@code bootstrap.sql}.
 */
public final class DatabaseBootstrap {

    /** The services that have a role, in the order of the flow. */
    public static final List<String> SERVICES = List.of("ingest", "aggregator", "indicators", "strategy", "session");

    private DatabaseBootstrap() {
    }

    /**
     * The name of a service's role.
     * @param service one of {@link #SERVICES}
     * @return the role
     */
    public static String role(String service) {
        return "pregao_" + service;
    }

    /**
     * Prepares a database; doing it again changes nothing.
     * @param server {@code host:port}
     * @param database the name of the database
     * @param superuser somebody who may make roles
     * @param logins the roles' passwords
     * @throws SQLException where the server refuses
     */
    public static void run(String server, String database, DatabaseCredentials superuser,
            List<DatabaseCredentials> logins) throws SQLException {
        createDatabase(server, database, superuser);
        try (Connection connection = connect(server, database, superuser);
                PreparedStatement setting = connection.prepareStatement("select set_config(?, ?, false)");
                Statement statement = connection.createStatement()) {
            for (DatabaseCredentials login : logins) {
                setting.setString(1, login.user().replace('_', '.') + "_password");
                setting.setString(2, login.password());
                setting.execute();
            }
            statement.execute(script());
        }
    }

    private static void createDatabase(String server, String database, DatabaseCredentials superuser)
            throws SQLException {
        try (Connection connection = connect(server, "postgres", superuser);
                PreparedStatement exists = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            exists.setString(1, database);
            try (ResultSet resultSet = exists.executeQuery(); Statement statement = connection.createStatement()) {
                if (!resultSet.next()) {
                    statement.execute("create database " + statement.enquoteIdentifier(database, true));
                }
            }
        }
    }

    /**
     * Connects.
     * @param server {@code host:port}
     * @param database the name of the database
     * @param login who
     * @return a connection
     * @throws SQLException where the server refuses
     */
    static Connection connect(String server, String database, DatabaseCredentials login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server + "/" + database + "?connectTimeout=5&socketTimeout=60", login.user(),
                login.password());
    }

    private static String script() {
        try (InputStream script = Objects
            .requireNonNull(DatabaseBootstrap.class.getResourceAsStream("bootstrap.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
