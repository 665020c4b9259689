package pregao.strategy.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.webapi.problem.FieldValidator;

/**
 * Name-based ids, so that the same decision or request always has the same id (UUID
 * version 5, RFC 9562, 5.5).
 */
public final class NameBasedUuid {

    /** The header that makes a repeated request idempotent. */
    public static final String IDEMPOTENCY_KEY_HEADER = "Idempotency-Key";

    private static final int MAX_KEY_LENGTH = 128;

    private NameBasedUuid() {
    }

    /**
     * Returns the id of an action of a bot.
     * @param bot the id of the bot, the namespace
     * @param instrument the instrument
     * @param bucket the close or the minute that leads to the action, in epoch
     * milliseconds
     * @param leg the part of the action, such as {@code open}
     * @return the id, the same for the same arguments
     */
    public static UUID of(UUID bot, Instrument instrument, long bucket, String leg) {
        return of(bot, "%s|%d|%s".formatted(instrument.key(), bucket, leg));
    }

    /**
     * Returns the id of an object that a user creates, derived from the idempotency key.
     * @param userId the user
     * @param namespace the type of the object
     * @param key the header {@code Idempotency-Key} as sent; null if it is missing
     * @return the id, which is random if there is no key
     * @throws pregao.webapi.problem.ProblemException 422 if the key is empty or too long
     */
    public static UUID ofKey(UUID userId, String namespace, @Nullable String key) {
        return (key != null) ? ofRequiredKey(userId, namespace, key) : UUID.randomUUID();
    }

    /**
     * Returns the id of an object that a user creates with a required idempotency key.
     * @param userId the user
     * @param namespace the type of the object
     * @param key the header {@code Idempotency-Key} as sent; null if it is missing
     * @return the id, the same for the same user, type and key
     * @throws pregao.webapi.problem.ProblemException 422 if the key is missing, empty or
     * too long
     */
    public static UUID ofRequiredKey(UUID userId, String namespace, @Nullable String key) {
        FieldValidator fields = new FieldValidator();
        String checkedKey = fields.text(IDEMPOTENCY_KEY_HEADER, key, MAX_KEY_LENGTH);
        fields.check();
        return of(userId, namespace + '|' + checkedKey);
    }

    /**
     * Returns the id of a name in a namespace.
     * @param namespace the namespace
     * @param name any text
     * @return the id, the same for the same arguments
     */
    public static UUID of(UUID namespace, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip());
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = (bytes.getLong() & ~0xf000L) | 0x5000L;
            long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-1", ex);
        }
    }

}
