package pregao.session.identity.totp;

/**
 * Base32 without padding (RFC 4648), as authenticator apps read secrets.
 */
final class Base32 {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int BITS = 5;

    private Base32() {
    }

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte each : bytes) {
            buffer = (buffer << Byte.SIZE) | Byte.toUnsignedInt(each);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(LETTERS.charAt((buffer >> held) & 31));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(LETTERS.charAt((buffer << (BITS - held)) & 31));
        }
        return text.toString();
    }

}
