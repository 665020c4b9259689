package pregao.devcluster.replay;

import java.nio.file.Path;

import pregao.devcluster.secret.SecretFile;

/**
 * The keys of the feeds that were replayed, kept in the data folder for their owner
 * alone, so that what was replayed can be read back later. Not among the credentials:
 * another process may be writing those.
 *
 * @param file feed to key
 */
record FeedKeyFile(Path file) {

    static FeedKeyFile in(Path home) {
        return new FeedKeyFile(home.toAbsolutePath().resolve("replay-keys"));
    }

    /**
     * The key of a feed; made and kept where it was never replayed here.
     * @param feed the feed's name
     * @return the key
     */
    String of(String feed) {
        return new SecretFile(this.file).value(feed, () -> "pregao_" + SecretFile.random());
    }

}
