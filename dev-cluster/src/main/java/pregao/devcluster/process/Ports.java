package pregao.devcluster.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The ports of the loopback address: free ones, and who has a taken one.
 */
public final class Ports {

    private static final int LISTEN_STATE = 10;

    private static final int FIRST_PORT = 20_000;

    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final int ATTEMPTS = 100;

    /** Two parts that start together must not get one port. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {
    }

    /**
     * A port that nobody listens on and that this process was not given before, where
     * possible outside the range that systems take the ports of outgoing connections from
     * (Linux: from 32768, IANA: from 49152). Otherwise such a connection may take it
     * before the process that gets it listens.
     * @return the number
     */
    public static int free() {
        return ThreadLocalRandom.current()
            .ints(ATTEMPTS, FIRST_PORT, FIRST_EPHEMERAL_PORT)
            .filter((port) -> isFree(port) && GIVEN.add(port))
            .findFirst()
            .orElseGet(Ports::anyFree);
    }

    private static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback(0).getAddress())) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new StartupException("no free port on the loopback address: " + ex.getMessage(), ex);
        }
    }

    /**
     * Makes sure that a port can be listened on.
     * @param name whose port it will be, as in its option
     * @param port the number, 0 for any
     * @return the number, never 0
     * @throws PortInUseException where somebody else has it
     */
    public static int claim(String name, int port) {
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw new PortInUseException(name, port, owner(port).map(Ports::described).orElse(""));
        }
        return port;
    }

    /**
     * An address on the loopback interface, IPv4 whatever the machine prefers.
     * @param port the port
     * @return the address
     */
    public static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port);
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException("four bytes are an address", ex);
        }
    }

    /**
     * Whether somebody listens.
     * @param port where
     * @return true where a connection is accepted
     */
    public static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(loopback(port), 1000);
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(loopback(port), 1);
            return true;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private static String described(ProcessHandle process) {
        String command = process.info()
            .command()
            .map((path) -> String.valueOf(Path.of(path).getFileName()))
            .orElse("?");
        return "process " + process.pid() + " (" + command + ")";
    }

    /**
     * Which process listens on a port, where this system tells (Linux, own processes).
     * @param port the number
     * @return the process
     */
    static Optional<ProcessHandle> owner(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap((table) -> lines(Path.of(table)).stream())
            .map((line) -> line.strip().split("\\s+", -1))
            .filter((fields) -> fields.length > 9 && listensOn(fields, port))
            .flatMap((fields) -> holder("socket:[" + fields[9] + "]").stream())
            .findFirst();
    }

    private static boolean listensOn(String[] fields, int port) {
        return fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port))
                && fields[3].equals(String.format(Locale.ROOT, "%02X", LISTEN_STATE));
    }

    private static Optional<ProcessHandle> holder(String socket) {
        return ProcessHandle.allProcesses().filter((process) -> holds(process, socket)).findFirst();
    }

    private static boolean holds(ProcessHandle process, String socket) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return files.anyMatch((file) -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                }
                catch (IOException ex) {
                    return false; // closed meanwhile
                }
            });
        }
        catch (IOException ex) {
            return false; // ended meanwhile, or another user's
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        }
        catch (IOException ex) {
            return List.of(); // no Linux
        }
    }

}
