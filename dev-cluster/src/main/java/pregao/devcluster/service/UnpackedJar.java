package pregao.devcluster.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import pregao.devcluster.process.BinaryCache;
import pregao.devcluster.process.StartupException;

/**
 * A service's jar, unpacked once beside it, with room for its AOT cache. An unpacked
 * application starts faster than a jar of jars.
 *
 * @param folder named after the jar's contents
 * @param jar the application's own jar, whose manifest names the libraries
 */
record UnpackedJar(Path folder, Path jar) {

    private static final int HASH_DIGITS = 12;

    private static final long UNPACK_SECONDS = 120;

    /**
     * Unpacks a service's jar where that was not done yet.
     * @param root the folder of the repository
     * @param service which
     * @return the unpacked application
     */
    static UnpackedJar of(Path root, Service service) {
        Path target = root.resolve(service.module()).resolve("target");
        Path jar = target.resolve(service.module() + "-boot.jar");
        if (!Files.exists(jar)) {
            throw new StartupException(jar + " is missing: ./pregao build makes it");
        }
        try {
            Path folders = target.resolve("unpacked");
            Path folder = folders.resolve(hash(jar));
            if (!Files.isDirectory(folder)) {
                forget(folders);
                unpack(jar, folders, folder);
            }
            return new UnpackedJar(folder, folder.resolve(service.module() + "-boot.jar"));
        }
        catch (IOException ex) {
            throw new StartupException("cannot unpack " + jar + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * Of the names, sizes and checksums that the jar lists. To read the whole jar takes
     * seconds on busy cores, before each start.
     */
    static String hash(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            zip.stream()
                .map((entry) -> "%s %d %d\n".formatted(entry.getName(), entry.getSize(), entry.getCrc()))
                .forEach((line) -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    /** Older builds; a process that still runs from one has its files open. */
    private static void forget(Path folders) throws IOException {
        if (Files.isDirectory(folders)) {
            try (Stream<Path> old = Files.list(folders)) {
                for (Path folder : old.toList()) {
                    BinaryCache.delete(folder);
                }
            }
        }
    }

    private static void unpack(Path jar, Path folders, Path folder) throws IOException {
        Files.createDirectories(folders);
        Path draft = Files.createTempDirectory(folders, "draft");
        try {
            extract(jar, draft);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        finally {
            BinaryCache.delete(draft); // where that failed, as on a full disk
        }
    }

    private static void extract(Path jar, Path draft) throws IOException {
        Process tool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djarmode=tools", "-jar", jar.toString(), "extract",
                "--force", "--destination", draft.toString()))
            .redirectErrorStream(true)
            .redirectOutput(draft.resolveSibling("extract.log").toFile())
            .start();
        try {
            if (!tool.waitFor(UNPACK_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new IOException("java -Djarmode=tools failed; see " + draft.resolveSibling("extract.log"));
            }
        }
        catch (InterruptedException ex) {
            tool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }

}
