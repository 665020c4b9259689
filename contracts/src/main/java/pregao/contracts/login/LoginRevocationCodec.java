package pregao.contracts.login;

import java.time.Instant;

import com.google.protobuf.InvalidProtocolBufferException;

/**
 * {@link LoginRevocation} to the bytes of the topic {@code login} and back.
 */
public final class LoginRevocationCodec {

    private LoginRevocationCodec() {
    }

    /**
     * Encodes the end of a login.
     * @param login which
     * @return an {@link EndedLoginMessage}
     */
    public static byte[] encode(LoginRevocation login) {
        return EndedLoginMessage.newBuilder().setId(login.id()).setAt(login.at().toEpochMilli()).build().toByteArray();
    }

    /**
     * Decodes the end of a login.
     * @param bytes an {@link EndedLoginMessage}
     * @return which
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static LoginRevocation decode(byte[] bytes) {
        try {
            EndedLoginMessage message = EndedLoginMessage.parseFrom(bytes);
            return new LoginRevocation(message.getId(), Instant.ofEpochMilli(message.getAt()));
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not the end of a login: " + ex.getMessage(), ex);
        }
    }

}
