package pregao.gateway.client;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param first an address in it
 * @param bits how many of its first bits all of them share
 */
record CidrRange(InetAddress first, int bits) {

    CidrRange {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("a network cannot share %d bits with %s".formatted(bits, first));
        }
    }

    /**
     * Reads a setting.
     * @param text an address, or one with {@code /bits}; never a name, which would have
     * to be asked for
     * @return the network
     */
    public static CidrRange valueOf(String text) {
        int slash = text.indexOf('/');
        InetAddress first = InetAddress.ofLiteral((slash < 0) ? text : text.substring(0, slash));
        int all = first.getAddress().length * Byte.SIZE;
        return new CidrRange(first, (slash < 0) ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] mine = this.first.getAddress();
        byte[] others = address.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < this.bits; bit += Byte.SIZE) {
            int shared = Math.min(Byte.SIZE, this.bits - bit);
            int differ = (mine[bit / Byte.SIZE] ^ others[bit / Byte.SIZE]) & 0xff;
            if (differ >>> (Byte.SIZE - shared) != 0) {
                return false;
            }
        }
        return true;
    }

}
