package pregao.gateway.client;

import java.net.InetAddress;

/**
 * Range of IP addresses in CIDR notation (RFC 4632).
 *
 * @param first an address in the range
 * @param bits the length of the common prefix in bits
 */
record CidrRange(InetAddress first, int bits) {

    CidrRange {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("a network cannot share %d bits with %s".formatted(bits, first));
        }
    }

    /**
     * Parses a setting. Spring's type conversion calls this method by its name.
     * @param text an IP address, optionally followed by {@code /bits}; not a host name,
     * because that would need a DNS lookup
     * @return the range
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
