package pregao.strategy.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids that are the same for the same name: UUIDs of version 5 (RFC 9562, 5.5).
 */
public final class NameId {

    private NameId() {
    }

    /**
     * The id of a name.
     * @param space in which the name is meant
     * @param name any text
     * @return always the same
     */
    public static UUID of(UUID space, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .array());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
            long most = (hash.getLong() & ~0xF000L) | 0x5000L;
            long least = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(most, least);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java has it
        }
    }

}
