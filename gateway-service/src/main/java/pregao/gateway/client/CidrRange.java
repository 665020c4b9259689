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
        int totalBits = first.getAddress().length * Byte.SIZE;
        return new CidrRange(first, (slash < 0) ? totalBits : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] rangeBytes = this.first.getAddress();
        byte[] addressBytes = address.getAddress();
        if (rangeBytes.length != addressBytes.length) {
            return false;
        }
        for (int bit = 0; bit < this.bits; bit += Byte.SIZE) {
            int sharedBits = Math.min(Byte.SIZE, this.bits - bit);
            int difference = (rangeBytes[bit / Byte.SIZE] ^ addressBytes[bit / Byte.SIZE]) & 0xff;
            if (difference >>> (Byte.SIZE - sharedBits) != 0) {
                return false;
            }
        }
        return true;
    }

}
