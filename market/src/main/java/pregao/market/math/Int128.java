package pregao.market.math;

/**
 * A whole number of 128 bits, to which whole numbers are added: exact, so what was added
 * can be taken away again and leaves nothing behind.
 */
public final class Int128 {

    private long high;

    private long low;

    public void add(long number) {
        add(number >> 63, number);
    }

    public void addProduct(long left, long right) {
        add(Math.multiplyHigh(left, right), left * right);
    }

    private void add(long high, long low) {
        long sum = this.low + low;
        this.high += high + ((Long.compareUnsigned(sum, low) < 0) ? 1 : 0);
        this.low = sum;
    }

    public double doubleValue() {
        if (this.high == this.low >> 63) {
            return this.low;
        }
        return this.high * 0x1p64 + (this.low >>> 32) * 0x1p32 + (this.low & 0xffff_ffffL);
    }

    public void clear() {
        this.high = 0;
        this.low = 0;
    }

    public void copyFrom(Int128 other) {
        this.high = other.high;
        this.low = other.low;
    }

}
