package pregao.devcluster.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder of what is unpacked once for all runs: programs out of Maven artifacts.
 */
public final class BinaryCache {

    private BinaryCache() {
    }

    /**
     * A folder in the cache, made by whoever needs it first.
     * @param name unique for its contents
     * @param maker fills it
     * @return the complete folder
     */
    public static Path folder(String name, Installer maker) {
        Path target = root().resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(target.getParent());
            Path draft = Files.createTempDirectory(target.getParent(), "draft");
            try {
                maker.fill(draft);
                Files.move(draft, target);
            }
            catch (FileAlreadyExistsException | DirectoryNotEmptyException ex) {
                // Another process was faster.
            }
            finally {
                delete(draft); // where it was not moved, as on a full disk
            }
            return target;
        }
        catch (IOException ex) {
            throw new StartupException("cannot unpack into " + target + ": " + ex.getMessage(), ex);
        }
    }

    private static Path root() {
        String own = System.getenv("PREGAO_CACHE");
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String shared = System.getenv("XDG_CACHE_HOME");
        Path caches = (shared != null && !shared.isBlank()) ? Path.of(shared)
                : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("pregao").toAbsolutePath();
    }

    /**
     * Deletes a folder with all that is in it.
     * @param folder which; a missing one is no failure
     * @throws IOException where something cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Fills a folder.
     */
    @FunctionalInterface
    public interface Installer {

        /**
         * Fills it.
         * @param folder an empty one
         * @throws IOException where that fails
         */
        void fill(Path folder) throws IOException;

    }

}
