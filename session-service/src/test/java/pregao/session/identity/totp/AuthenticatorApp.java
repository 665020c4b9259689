package pregao.session.identity.totp;

import java.io.ByteArrayOutputStream;

/**
 * An authenticator app.
 *
 * @param secret as it was typed in
 */
public record AuthenticatorApp(String secret) {

    /** The code of a step of thirty seconds. */
    public String code(long step) {
        return Totp.code(decoded(this.secret), step);
    }

    static byte[] decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.write(buffer >> held);
                buffer &= (1 << held) - 1;
            }
        }
        return bytes.toByteArray();
    }

}
