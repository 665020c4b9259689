package pregao.contracts.key;

import java.util.stream.Collectors;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * {@link ApiKey} to the bytes of the topic {@code key} and back.
 */
public final class KeyCodec {

    private KeyCodec() {
    }

    /**
     * Encodes a key.
     * @param key the hashed key
     * @return a {@link KeyMessage}
     */
    public static byte[] encode(ApiKey key) {
        KeyMessage.Builder message = KeyMessage.newBuilder()
            .setHash(key.hash())
            .setOwner(key.owner())
            .setFeed(key.feed())
            .setRevoked(key.revoked());
        key.scopes().stream().sorted().map(Scope::message).forEach(message::addScopes);
        return message.build().toByteArray();
    }

    /**
     * Decodes a key.
     * @param bytes a {@link KeyMessage}
     * @return the hashed key
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static ApiKey decode(byte[] bytes) {
        try {
            KeyMessage message = KeyMessage.parseFrom(bytes);
            return new ApiKey(message.getHash(), message.getOwner(), message.getFeed(),
                    message.getScopesList().stream().map(Scope::of).collect(Collectors.toSet()), message.getRevoked());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a key message: " + ex.getMessage(), ex);
        }
    }

}
