package pregao.session.identity.totp;

import java.io.ByteArrayOutputStream;

/**
 * Authenticator app that computes TOTP codes.
 *
 * @param secret the secret in Base32
 */
public record AuthenticatorApp(String secret) {

    /** Returns the code of a 30-second time step. */
    public String code(long step) {
        return Totp.computeCode(decode(this.secret), step);
    }

    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bitCount = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            bitCount += 5;
            if (bitCount >= 8) {
                bitCount -= 8;
                bytes.write(buffer >> bitCount);
                buffer &= (1 << bitCount) - 1;
            }
        }
        return bytes.toByteArray();
    }

}
