package pregao.devcluster.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import pregao.devcluster.process.BinaryCache;
import pregao.devcluster.process.ChildProcess;
import pregao.devcluster.process.StartupException;

/**
 * PostgreSQL's programs, unpacked out of their Maven artifact.
 */
final class PostgresBinaries {

    private static final int OWNER_EXECUTES = 0100;

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    static PostgresBinaries unpacked() {
        String name = "postgres-" + system() + "-" + architecture() + ".txz";
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new StartupException("no PostgreSQL for this machine among the Maven artifacts (" + name
                        + "); start one yourself and set PREGAO_DATABASE_URL");
            }
            int size = archive.available(); // enough to tell two versions apart without
                                            // reading 15 MB
            return new PostgresBinaries(BinaryCache.folder("postgres-" + size,
                    (folder) -> unpack(new BufferedInputStream(archive), folder)));
        }
        catch (IOException ex) {
            throw new StartupException("cannot read " + name + ": " + ex.getMessage(), ex);
        }
    }

    private static String system() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.startsWith("mac") ? "darwin" : system;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch");
        };
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry leaves its folder: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & OWNER_EXECUTES) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /**
     * A command line of one of the programs. PostgreSQL refuses to run as root, so there
     * it runs in a user namespace, where it is nobody.
     * @param program its name
     * @param arguments its arguments
     * @return the line
     */
    List<String> line(String program, List<String> arguments) {
        List<String> line = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && system().equals("linux")) {
            Path unshare = ChildProcess.executable("unshare")
                .orElseThrow(() -> new StartupException("PostgreSQL does not run as root: be another user, "
                        + "or install util-linux (unshare), or set PREGAO_DATABASE_URL to one that runs"));
            line.addAll(List.of(unshare.toString(), "-U"));
        }
        line.add(program(program).toString());
        line.addAll(arguments);
        return line;
    }

    Path program(String name) {
        return this.home.resolve("bin").resolve(name);
    }

}
