package pregao.stack.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file of names and secrets that only its owner can read; a missing secret is made. The
 * file is read each time, because another process may have replaced a secret.
 */
public final class Secrets {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
        .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int BYTES = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;

    /**
     * Opens the file; it need not be there.
     * @param path where
     */
    public Secrets(Path path) {
        this.path = path;
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
        return value(name, Secrets::random);
    }

    /**
     * A value; made and kept where it is missing.
     * @param name its name
     * @param maker makes a missing one
     * @return the value
     */
    public synchronized String value(String name, Supplier<String> maker) {
        Map<String, String> values = load();
        String value = values.get(name);
        if (value == null) {
            value = maker.get();
            values.put(name, value);
            save(values);
        }
        return value;
    }

    /**
     * A value, where there is one.
     * @param name its name
     * @return the value
     */
    public Optional<String> find(String name) {
        return Optional.ofNullable(load().get(name));
    }

    /**
     * Replaces several values at once.
     * @param changed by name
     */
    public synchronized void replace(Map<String, String> changed) {
        Map<String, String> values = load();
        values.putAll(changed);
        save(values);
    }

    private Map<String, String> load() {
        Map<String, String> values = new TreeMap<>();
        try {
            if (Files.exists(this.path)) {
                Files.readAllLines(this.path)
                    .stream()
                    .filter((line) -> line.indexOf('=') > 0)
                    .forEach((line) -> values.put(line.substring(0, line.indexOf('=')),
                            line.substring(line.indexOf('=') + 1)));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return values;
    }

    private void save(Map<String, String> values) {
        String text = values.entrySet()
            .stream()
            .map((entry) -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.createDirectories(this.path.getParent());
            Path draft = this.path.resolveSibling(this.path.getFileName() + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, OWNER_ONLY);
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, this.path, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
