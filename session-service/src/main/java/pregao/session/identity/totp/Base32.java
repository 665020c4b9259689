package pregao.session.identity.totp;

/**
 * Base32 encoder without padding (RFC 4648), the format in which authenticator apps read
 * secrets.
 */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static final int BITS_PER_CHARACTER = 5;

    private Base32() {
    }

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bitCount = 0;
        for (byte value : bytes) {
            buffer = (buffer << Byte.SIZE) | Byte.toUnsignedInt(value);
            bitCount += Byte.SIZE;
            while (bitCount >= BITS_PER_CHARACTER) {
                bitCount -= BITS_PER_CHARACTER;
                text.append(ALPHABET.charAt((buffer >> bitCount) & 31));
            }
            buffer &= (1 << bitCount) - 1;
        }
        if (bitCount > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS_PER_CHARACTER - bitCount)) & 31));
        }
        return text.toString();
    }

}
