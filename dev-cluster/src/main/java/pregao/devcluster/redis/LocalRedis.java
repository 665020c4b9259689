package pregao.devcluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import pregao.devcluster.process.BinaryCache;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.ListeningProcess;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.ProcessSpec;
import pregao.devcluster.process.Signal;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.secret.SecretFile;

/**
 * A Redis of our own on the loopback address; it keeps nothing on disk, for nothing in it
 * is the only copy.
 */
public final class LocalRedis extends ListeningProcess {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final String VERSION = "7.0.15";

    private final String password;

    private LocalRedis(int port, String password, ChildProcess child) {
        super(port, child);
        this.password = password;
    }

    /**
     * Starts it and waits until it answers. One that an earlier supervisor left behind is
     * taken over where it works and was started in the same way.
     * @param folder where its password and log are kept
     * @param port where it listens, 0 for a free one
     * @return the server
     * @throws StartupException with what can be done about it
     */
    public static LocalRedis start(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        String password = new SecretFile(home.resolve("credentials")).secret("redis");
        return running(folder, port).orElseGet(() -> startNew(home, port, password));
    }

    /**
     * The one that an earlier supervisor left behind, where it works and was started in
     * the same way.
     * @param folder where its password and log are kept
     * @param port where it listens
     * @return the server, or empty where it has to be started
     */
    public static Optional<LocalRedis> running(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        if (!Files.exists(home.resolve("redis.pid"))) {
            return Optional.empty();
        }
        String password = new SecretFile(home.resolve("credentials")).secret("redis");
        return ChildProcess.adopt(command(home, port, password), () -> answers(port, password))
            .map((child) -> new LocalRedis(port, password, child));
    }

    private static ProcessSpec command(Path home, int port, String password) {
        List<String> line = List.of(binary().toString(), home.resolve("redis.conf").toString());
        return new ProcessSpec("redis", line, Map.of(), home, Signal.TERM)
            .identifiedBy(Stream.concat(line.stream(), settings(home, port, password).stream()).toList());
    }

    private static LocalRedis startNew(Path home, int port, String password) {
        ChildProcess.stopOrphan(command(home, port, password));
        int claimed = Ports.claim("redis", port);
        ProcessSpec command = command(home, claimed, password);
        write(home.resolve("redis.conf"), settings(home, claimed, password));
        ChildProcess child = ChildProcess.start(command);
        try {
            child.awaitReady(TIMEOUT, () -> answers(claimed, password));
        }
        catch (StartupException ex) {
            child.close();
            throw ex;
        }
        return new LocalRedis(claimed, password, child);
    }

    private static List<String> settings(Path home, int port, String password) {
        return List.of("bind 127.0.0.1", "port " + port, "requirepass " + password, "save \"\"", "appendonly no",
                "maxmemory 64mb", "maxmemory-policy allkeys-lru", "daemonize no", "dir " + home);
    }

    private static Path binary() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String name = "redis-server-" + VERSION + "-" + system + "-" + architecture;
        return BinaryCache.folder(name, (folder) -> {
            try (InputStream program = LocalRedis.class.getResourceAsStream("/" + name)) {
                if (program == null) {
                    throw new StartupException("no Redis for this machine among the Maven artifacts (" + name
                            + "); start one yourself and set PREGAO_REDIS_URL");
                }
                Path target = folder.resolve("redis-server");
                Files.copy(program, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }).resolve("redis-server");
    }

    /** In a file that only we can read: arguments can be read by everybody. */
    private static void write(Path settings, List<String> lines) {
        try {
            Path draft = settings.resolveSibling("redis.conf.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, lines);
            Files.move(draft, settings, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new StartupException("cannot write " + settings + ": " + ex.getMessage(), ex);
        }
    }

    private static boolean answers(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.loopback(port), 1000);
            socket.setSoTimeout(1000);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + password + "\r\n").getBytes(StandardCharsets.UTF_8));
            return socket.getInputStream().read() == '+';
        }
        catch (IOException ex) {
            return false; // not yet
        }
    }

    /**
     * Its address with its password.
     * @return {@code redis://:PASSWORD@127.0.0.1:PORT}
     */
    public String url() {
        return "redis://:" + this.password + "@127.0.0.1:" + port();
    }

}
