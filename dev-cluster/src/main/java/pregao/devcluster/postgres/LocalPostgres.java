package pregao.devcluster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import pregao.devcluster.process.Await;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ListeningProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.secret.SecretFile;

/**
 * A PostgreSQL of our own on the loopback address, as durable as a server's: what it
 * committed survives a kill.
 */
public final class LocalPostgres extends ListeningProcess implements Database {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final String DATABASE = "pregao";

    private static final String SUPERUSER = "postgres";

    /** Small enough for a laptop; what keeps data safe is on. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"), Map.entry("full_page_writes", "on"),
            Map.entry("wal_compression", "on"), Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""), Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "60"), Map.entry("shared_buffers", "96MB"),
            Map.entry("effective_cache_size", "512MB"), Map.entry("work_mem", "8MB"),
            Map.entry("maintenance_work_mem", "64MB"), Map.entry("max_wal_size", "2GB"),
            Map.entry("min_wal_size", "128MB"), Map.entry("checkpoint_timeout", "10min"),
            Map.entry("wal_level", "minimal"), Map.entry("max_wal_senders", "0"), Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"), Map.entry("huge_pages", "off"), Map.entry("io_workers", "1"),
            Map.entry("max_parallel_workers_per_gather", "1"), Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"), Map.entry("log_line_prefix", "%m [%p] %q%u "),
            Map.entry("log_checkpoints", "off"), Map.entry("shared_preload_libraries", "pg_stat_statements"));

    private final Path folder;

    private final SecretFile secrets;

    private LocalPostgres(Path folder, int port, SecretFile secrets, ChildProcess child) {
        super(port, child);
        this.folder = folder;
        this.secrets = secrets;
    }

    /**
     * Starts it and waits until it can be used. One that an earlier supervisor left
     * behind is taken over where it works and was started in the same way, and is stopped
     * otherwise; its data is found again.
     * @param folder where data, passwords and log are kept
     * @param port where it listens, 0 for a free one
     * @return the server
     * @throws StartupException with what can be done about it
     */
    public static LocalPostgres start(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
        }
        catch (IOException ex) {
            throw new StartupException("cannot make " + home + ": " + ex.getMessage(), ex);
        }
        SecretFile secrets = new SecretFile(home.resolve("credentials"));
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        DataDirectory cluster = new DataDirectory(home.resolve("data"), binaries);
        DatabaseCredentials superuser = new DatabaseCredentials(SUPERUSER, secrets.secret(SUPERUSER));
        LocalPostgres postgres = running(home, port).orElseGet(() -> {
            ChildProcess.stopOrphan(command(home, List.of()));
            cluster.stopOrphan();
            cluster.createIfMissing(superuser);
            int claimed = Ports.claim("postgres", port);
            return new LocalPostgres(home, claimed, secrets, launch(home, claimed, cluster, binaries, superuser));
        });
        try {
            DatabaseBootstrap.run("127.0.0.1:" + postgres.port(), DATABASE, superuser,
                    DatabaseBootstrap.SERVICES.stream().map(DatabaseBootstrap::role).map(postgres::login).toList());
        }
        catch (SQLException ex) {
            postgres.close();
            throw new StartupException("PostgreSQL refuses bootstrap.sql: " + ex.getMessage(), ex);
        }
        return postgres;
    }

    /**
     * The one that an earlier supervisor left behind, where it works and was started in
     * the same way.
     * @param folder where data, passwords and log are kept
     * @param port where it listens
     * @return the server, or empty where it has to be started
     */
    public static Optional<LocalPostgres> running(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        if (!Files.exists(home.resolve("postgres.pid"))) {
            return Optional.empty();
        }
        SecretFile secrets = new SecretFile(home.resolve("credentials"));
        DatabaseCredentials superuser = new DatabaseCredentials(SUPERUSER, secrets.secret(SUPERUSER));
        ProcessSpec command = command(home,
                PostgresBinaries.unpacked().line("postgres", arguments(home.resolve("data"), port)));
        return ChildProcess.adopt(command, () -> accepts(port, superuser))
            .map((child) -> new LocalPostgres(home, port, secrets, child));
    }

    private static List<String> arguments(Path data, int port) {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        new TreeMap<>(SETTINGS).forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return arguments;
    }

    /**
     * Starts the server; again where the memory of a killed one is still being released.
     */
    private static ChildProcess launch(Path home, int port, DataDirectory cluster, PostgresBinaries binaries,
            DatabaseCredentials superuser) {
        ProcessSpec command = command(home, binaries.line("postgres", arguments(cluster.data(), port)));
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            ChildProcess child = ChildProcess.start(command);
            try {
                child.awaitReady(TIMEOUT, () -> accepts(port, superuser));
                return child;
            }
            catch (StartupException ex) {
                child.close();
                if (System.nanoTime() > end || !String.valueOf(ex.getMessage()).contains("still in use")) {
                    throw ex;
                }
                Await.holdsWithin(Duration.ofMillis(200), () -> false);
            }
        }
    }

    private static ProcessSpec command(Path home, List<String> line) {
        return new ProcessSpec("postgres", line, Map.of("LC_ALL", "C"), home, Signal.INT);
    }

    private static boolean accepts(int port, DatabaseCredentials superuser) {
        try (Connection connection = DatabaseBootstrap.connect("127.0.0.1:" + port, "postgres", superuser)) {
            return connection.isValid(5);
        }
        catch (SQLException ex) {
            return false; // not yet
        }
    }

    @Override
    public String url() {
        return "postgresql://127.0.0.1:" + port() + "/" + DATABASE;
    }

    @Override
    public DatabaseCredentials login(String role) {
        return new DatabaseCredentials(role, this.secrets.secret(role));
    }

    /**
     * Who may do everything in the server of a folder, for a process that did not start
     * it.
     * @param folder where its data and passwords are
     * @return the superuser's login
     */
    public static DatabaseCredentials superuser(Path folder) {
        return new DatabaseCredentials(SUPERUSER, new SecretFile(folder.resolve("credentials")).secret(SUPERUSER));
    }

    /**
     * Who may do everything.
     * @return the superuser's login
     */
    public DatabaseCredentials superuser() {
        return login(SUPERUSER);
    }

    @Override
    public Connection connect() throws SQLException {
        return DatabaseBootstrap.connect("127.0.0.1:" + port(), DATABASE, superuser());
    }

    /**
     * Where data, passwords and log are.
     * @return the folder
     */
    public Path folder() {
        return this.folder;
    }

}
