package pregao.devcluster.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file of names and secrets that only its owner can read; a missing secret is made.
 * What was read once stays as it is, whatever another process writes, so that all parts
 * of a running system have the same secrets.
 */
public final class SecretFile {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
        .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int BYTES = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A file lock is one of the process: within it, this is one of all objects. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    private final Path path;

    private final Map<String, String> values;

    /**
     * Opens the file; it need not be there.
     * @param path where
     */
    public SecretFile(Path path) {
        this.path = path;
        this.values = load();
    }

    /**
     * A random value that needs no escaping in a URL.
     * @return 24 random bytes in 32 characters
     */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * A secret; made and kept where it is missing.
     * @param name its name
     * @return its value
     */
    public String secret(String name) {
        return value(name, SecretFile::random);
    }

    /**
     * A value; made and kept where it is missing.
     * @param name its name
     * @param maker makes a missing one
     * @return the value
     */
    public synchronized String value(String name, Supplier<String> maker) {
        String known = this.values.get(name);
        if (known != null) {
            return known;
        }
        change((stored) -> {
            String value = stored.computeIfAbsent(name, (missing) -> maker.get());
            this.values.put(name, value);
        });
        return this.values.getOrDefault(name, "");
    }

    /**
     * A value, where there is one.
     * @param name its name
     * @return the value
     */
    public synchronized Optional<String> find(String name) {
        return Optional.ofNullable(this.values.get(name));
    }

    /**
     * Replaces several values at once.
     * @param replaced by name
     */
    public synchronized void replace(Map<String, String> replaced) {
        change((stored) -> {
            stored.putAll(replaced);
            this.values.putAll(replaced);
        });
    }

    private Map<String, String> load() {
        Map<String, String> stored = new TreeMap<>();
        try {
            if (Files.exists(this.path)) {
                Files.readAllLines(this.path)
                    .stream()
                    .filter((line) -> line.indexOf('=') > 0)
                    .forEach((line) -> stored.put(line.substring(0, line.indexOf('=')),
                            line.substring(line.indexOf('=') + 1)));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return stored;
    }

    /** Nobody else writes meanwhile, so that no secret is lost. */
    private void change(Consumer<Map<String, String>> change) {
        WRITING.lock();
        try {
            Files.createDirectories(this.path.getParent());
            Path lock = this.path.resolveSibling(this.path.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY)) {
                channel.lock();
                Map<String, String> stored = load();
                change.accept(stored);
                save(stored);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        finally {
            WRITING.unlock();
        }
    }

    /** After a power cut there is the old file or the new one. */
    private void save(Map<String, String> stored) throws IOException {
        String text = stored.entrySet()
            .stream()
            .map((entry) -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
        Path draft = Files.createTempFile(this.path.getParent(), "credentials", ".new", OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, this.path, StandardCopyOption.ATOMIC_MOVE);
    }

}
