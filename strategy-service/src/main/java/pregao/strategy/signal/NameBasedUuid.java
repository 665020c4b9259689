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
 * Ids that follow from what they stand for, so that whoever decides the same makes the
 * same: UUID version 5 (RFC 9562, 5.5).
 */
public final class NameBasedUuid {

    /** The header with which a request that is sent again is the same one. */
    public static final String IDEMPOTENCY_KEY_HEADER = "Idempotency-Key";

    private static final int MAX_KEY_LENGTH = 128;

    private NameBasedUuid() {
    }

    /**
     * The id of something that a bot does.
     * @param bot the name space
     * @param instrument on what
     * @param bucket the close or the minute that leads to it, epoch milliseconds
     * @param leg what of it, such as {@code open}
     * @return always the same
     */
    public static UUID of(UUID bot, Instrument instrument, long bucket, String leg) {
        return of(bot, "%s|%d|%s".formatted(instrument.key(), bucket, leg));
    }

    /**
     * The id of what a person makes, the same whenever they ask for it with the same key.
     * @param userId who asks
     * @param namespace what is made
     * @param key the header {@code Idempotency-Key} as it was sent; null where it was not
     * @return another one each time where there is no key
     * @throws pregao.webapi.problem.ProblemException 422 where the key is empty or too
     * long
     */
    public static UUID ofKey(UUID userId, String namespace, @Nullable String key) {
        return (key != null) ? ofRequiredKey(userId, namespace, key) : UUID.randomUUID();
    }

    /**
     * The id of what a person makes, which they ask for with a key.
     * @param userId who asks
     * @param namespace what is made
     * @param key the header {@code Idempotency-Key} as it was sent; null where it was not
     * @return the same whenever they ask for it with the same key
     * @throws pregao.webapi.problem.ProblemException 422 where the key is missing, empty
     * or too long
     */
    public static UUID ofRequiredKey(UUID userId, String namespace, @Nullable String key) {
        FieldValidator fields = new FieldValidator();
        String checkedKey = fields.text(IDEMPOTENCY_KEY_HEADER, key, MAX_KEY_LENGTH);
        fields.check();
        return of(userId, namespace + '|' + checkedKey);
    }

    /**
     * The id of a name.
     * @param namespace in which the name is meant
     * @param name any text
     * @return always the same
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
