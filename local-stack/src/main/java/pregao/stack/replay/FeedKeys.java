package pregao.stack.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of the feeds that were replayed, kept in the data folder for their owner
 * alone, so that what was replayed can be read back later.
 *
 * @param file JSON, feed to key
 */
record FeedKeys(Path file) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int RANDOM_BYTES = 32;

    static FeedKeys in(Path dataFolder) {
        return new FeedKeys(dataFolder.resolve("replay-keys.json"));
    }

    /**
     * The key of a feed.
     * @param feed the feed's name
     * @return the key, or empty where it was never replayed here
     * @throws IOException where the file cannot be read
     */
    Optional<String> find(String feed) throws IOException {
        return Optional.ofNullable(read().get(feed)).map((key) -> key.asString(""));
    }

    /**
     * Makes a key for a feed and keeps it.
     * @param feed the feed's name
     * @return the key
     * @throws IOException where the file cannot be written
     */
    String create(String feed) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key = "pgr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        ObjectNode keys = read();
        keys.put(feed, key);
        Path folder = this.file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, "replay-keys", ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(written, JSON.writeValueAsBytes(keys));
        Files.move(written, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }

    private ObjectNode read() throws IOException {
        if (!Files.exists(this.file)) {
            return JSON.createObjectNode();
        }
        return (ObjectNode) JSON.readTree(Files.readAllBytes(this.file));
    }

}
