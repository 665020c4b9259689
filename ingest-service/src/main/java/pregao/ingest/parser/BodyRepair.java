package pregao.ingest.parser;

import java.util.Arrays;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of a body that is not quite: a value such as {@code NaN}, {@code -nan(ind)}
 * or {@code 1,0855} becomes a marked string, which its item is rejected for, and a
 * trailing {@code meta} that cannot be read is left out of its item. Works only on bodies
 * that could not be parsed, in time proportional to their length.
 */
final class BodyRepair {

    /** Begins the string that a value without quotes becomes. */
    static final char BARE = '\u0001';

    private static final byte[] BARE_ESCAPED = { '\\', 'u', '0', '0', '0', '1' };

    private static final byte[] META = { '"', 'm', 'e', 't', 'a', '"' };

    private static final int DEEPEST = 256;

    private static final int LONGEST_TOKEN = 64;

    private static final int LONGEST_META = 4096;

    /** So many bytes are looked at again at most, for each byte of the body. */
    private static final int EFFORT = 8;

    private final byte[] in;

    private final int to;

    private final boolean checksMeta;

    private byte[] out;

    private int size;

    private int at;

    private boolean changed;

    private boolean expectsValue = true;

    private final BitSet objects = new BitSet();

    private int depth;

    private long effort;

    private BodyRepair(byte[] in, int from, int to, boolean checksMeta) {
        this.in = in;
        this.at = from;
        this.to = to;
        this.checksMeta = checksMeta;
        this.effort = (long) EFFORT * (to - from);
        this.out = new byte[to - from + 64];
    }

    /**
     * Repairs a body.
     * @param body that is not JSON
     * @return another body, or null where there is nothing to repair
     */
    static @Nullable BodyDecoder of(BodyDecoder body) {
        byte first = (body.length() > 0) ? body.bytes()[body.from()] : 0;
        if (first != '{' && first != '[') {
            return null;
        }
        byte[] repaired = new BodyRepair(body.bytes(), body.from(), body.from() + body.length(), true).run();
        return (repaired != null) ? BodyDecoder.of(repaired) : null;
    }

    private byte @Nullable [] run() {
        while (this.at < this.to) {
            if (!step(this.in[this.at])) {
                return null;
            }
        }
        return this.changed ? Arrays.copyOf(this.out, this.size) : null;
    }

    private boolean step(byte b) {
        switch (b) {
            case '"' -> {
                return string();
            }
            case '{', '[' -> {
                if (++this.depth > DEEPEST) {
                    return false;
                }
                this.objects.set(this.depth, b == '{');
                this.expectsValue = b == '[';
                copy(1);
            }
            case '}', ']' -> {
                this.depth = Math.max(this.depth - 1, 0);
                copy(1);
            }
            case ',' -> {
                this.expectsValue = !this.objects.get(this.depth);
                copy(1);
            }
            case ':' -> {
                this.expectsValue = true;
                copy(1);
            }
            case ' ', '\t', '\r', '\n' -> copy(1);
            default -> {
                return this.expectsValue && token();
            }
        }
        return true;
    }

    private boolean string() {
        int end = JsonBytes.endOfString(this.in, this.at, this.to);
        if (end < 0) {
            return false;
        }
        if (this.checksMeta && !this.expectsValue && isMeta(end)) {
            int value = skipBlanks(skipBlanks(end) + 1);
            if (value < this.to && this.in[value] == '{' && !isSound(value)) {
                return this.effort > 0 && leaveOut(value);
            }
        }
        copy(end - this.at);
        return true;
    }

    private boolean isMeta(int end) {
        int colon = skipBlanks(end);
        return Arrays.equals(this.in, this.at, end, META, 0, META.length) && colon < this.to && this.in[colon] == ':';
    }

    /** Whether an object can be read, maybe after repairs in it. */
    private boolean isSound(int from) {
        int limit = Math.min(this.to, from + LONGEST_META);
        int end = JsonBytes.endOfObject(this.in, from, limit);
        this.effort -= 2L * (((end < 0) ? limit : end) - from);
        if (end < 0) {
            return false;
        }
        int next = skipBlanks(end);
        if (next >= this.to || (this.in[next] != ',' && this.in[next] != '}')) {
            return false;
        }
        if (JsonBytes.parses(this.in, from, end - from)) {
            return true;
        }
        byte[] repaired = new BodyRepair(this.in, from, end, false).run();
        return repaired != null && JsonBytes.parses(repaired, 0, repaired.length);
    }

    /**
     * Goes on at the end of the item: a brace before the next item or the array's end.
     */
    private boolean leaveOut(int from) {
        int end = from;
        while (end < this.to && !(this.in[end] == '}' && endsItem(end + 1))) {
            end++;
        }
        if (end == this.to) {
            return false;
        }
        while (this.size > 0 && (JsonBytes.isBlank(this.out[this.size - 1]) || this.out[this.size - 1] == ',')) {
            this.size--;
        }
        this.at = end;
        this.changed = true;
        return true;
    }

    private boolean endsItem(int behind) {
        int next = skipBlanks(behind);
        if (next >= this.to || this.in[next] == ']') {
            return true;
        }
        int item = skipBlanks(next + 1);
        return this.in[next] == ',' && item < this.to && this.in[item] == '{';
    }

    private boolean token() {
        int end = endOfToken(this.at);
        boolean whole = true;
        int comma = skipBlanks(end);
        if (this.objects.get(this.depth) && comma < this.to && this.in[comma] == ',') {
            // Behind the comma of an object stands a name: a digit is the rest of a
            // number.
            int next = skipBlanks(comma + 1);
            if (next < this.to && this.in[next] >= '0' && this.in[next] <= '9') {
                end = endOfToken(next);
                whole = false;
            }
        }
        if (end == this.at) {
            return false;
        }
        if (whole && end - this.at <= LONGEST_TOKEN && JsonBytes.isJson(this.in, this.at, end)) {
            copy(end - this.at);
            return true;
        }
        quote(Math.min(end, this.at + LONGEST_TOKEN));
        this.at = end;
        this.changed = true;
        return true;
    }

    private int endOfToken(int from) {
        int end = from;
        while (end < this.to && !JsonBytes.isBlank(this.in[end]) && ",]}[{\"".indexOf(this.in[end]) < 0) {
            end++;
        }
        return end;
    }

    private void quote(int end) {
        add((byte) '"');
        for (byte b : BARE_ESCAPED) {
            add(b);
        }
        for (int i = this.at; i < end; i++) {
            byte b = this.in[i];
            add((b == '\\' || (b >= 0 && b < ' ')) ? (byte) '?' : b);
        }
        add((byte) '"');
    }

    private void copy(int length) {
        ensure(length);
        System.arraycopy(this.in, this.at, this.out, this.size, length);
        this.size += length;
        this.at += length;
    }

    private void add(byte b) {
        ensure(1);
        this.out[this.size++] = b;
    }

    private void ensure(int more) {
        if (this.size + more > this.out.length) {
            this.out = Arrays.copyOf(this.out, this.out.length + this.out.length / 4 + more);
        }
    }

    private int skipBlanks(int from) {
        int next = from;
        while (next < this.to && JsonBytes.isBlank(this.in[next])) {
            next++;
        }
        return next;
    }

}
