package pregao.contracts.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

import pregao.contracts.Instrument;

/**
 * An API key, hashed: a key is long and random, so one round of SHA-256 keeps it.
 *
 * @param hash SHA-256 of the key, 64 hex digits in lower case
 * @param owner whose it is
 * @param feed the one feed it writes to
 * @param scopes what it may do
 * @param revoked whether it may do nothing any more
 */
public record ApiKey(String hash, String owner, String feed, Set<Scope> scopes, boolean revoked) {

    public ApiKey {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a key's hash is 64 hex digits in lower case");
        }
        if (owner.isBlank()) {
            throw new IllegalArgumentException("a key has an owner");
        }
        if (!feed.matches(Instrument.FEED_PATTERN)) {
            throw new IllegalArgumentException("feed '%s' does not match %s".formatted(feed, Instrument.FEED_PATTERN));
        }
        scopes = Set.copyOf(scopes);
    }

    /**
     * The hash of a key.
     * @param key as the caller sends it
     * @return SHA-256, 64 hex digits in lower case
     */
    public static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }

    /**
     * Whether the key may do something now.
     * @param scope what
     * @return false where the scope is missing or the key is revoked
     */
    public boolean may(Scope scope) {
        return !this.revoked && this.scopes.contains(scope);
    }

}
