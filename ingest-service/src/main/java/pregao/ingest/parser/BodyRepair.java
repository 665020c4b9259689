package pregao.ingest.parser;

import java.util.Arrays;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * Repair of bodies that are almost JSON. An unquoted value such as {@code NaN},
 * {@code -nan(ind)} or {@code 1,0855} becomes a marked string, for which the parser
 * rejects the item. An unreadable {@code meta} object at the end of an item is removed.
 * Repair runs only for bodies that cannot be parsed, and takes time proportional to their
 * length.
 */
final class BodyRepair {

    /** First character of the string that replaces an unquoted value. */
    static final char UNQUOTED_MARKER = '\u0001';

    private static final byte[] UNQUOTED_MARKER_ESCAPE = { '\\', 'u', '0', '0', '0', '1' };

    private static final byte[] META_FIELD = { '"', 'm', 'e', 't', 'a', '"' };

    private static final int MAX_DEPTH = 256;

    private static final int MAX_TOKEN_LENGTH = 64;

    private static final int MAX_META_LENGTH = 4096;

    /** The maximum number of bytes to scan again, for each byte of the body. */
    private static final int MAX_RESCANS_PER_BYTE = 8;

    private final byte[] input;

    private final int end;

    private final boolean repairsMeta;

    private byte[] output;

    private int size;

    private int position;

    private boolean changed;

    private boolean expectsValue = true;

    private final BitSet objectLevels = new BitSet();

    private int depth;

    private long remainingRescans;

    private BodyRepair(byte[] input, int from, int end, boolean repairsMeta) {
        this.input = input;
        this.position = from;
        this.end = end;
        this.repairsMeta = repairsMeta;
        this.remainingRescans = (long) MAX_RESCANS_PER_BYTE * (end - from);
        this.output = new byte[end - from + 64];
    }

    /**
     * Repairs a body.
     * @param body a body that is not JSON
     * @return the repaired body, or null if there is nothing to repair
     */
    static @Nullable BodyDecoder repair(BodyDecoder body) {
        byte first = (body.length() > 0) ? body.bytes()[body.from()] : 0;
        if (first != '{' && first != '[') {
            return null;
        }
        byte[] repaired = new BodyRepair(body.bytes(), body.from(), body.from() + body.length(), true).repairBytes();
        return (repaired != null) ? BodyDecoder.of(repaired) : null;
    }

    private byte @Nullable [] repairBytes() {
        while (this.position < this.end) {
            if (!consume(this.input[this.position])) {
                return null;
            }
        }
        return this.changed ? Arrays.copyOf(this.output, this.size) : null;
    }

    private boolean consume(byte b) {
        switch (b) {
            case '"' -> {
                return copyString();
            }
            case '{', '[' -> {
                if (++this.depth > MAX_DEPTH) {
                    return false;
                }
                this.objectLevels.set(this.depth, b == '{');
                this.expectsValue = b == '[';
                copy(1);
            }
            case '}', ']' -> {
                this.depth = Math.max(this.depth - 1, 0);
                copy(1);
            }
            case ',' -> {
                this.expectsValue = !this.objectLevels.get(this.depth);
                copy(1);
            }
            case ':' -> {
                this.expectsValue = true;
                copy(1);
            }
            case ' ', '\t', '\r', '\n' -> copy(1);
            default -> {
                return this.expectsValue && copyToken();
            }
        }
        return true;
    }

    private boolean copyString() {
        int stringEnd = JsonBytes.findStringEnd(this.input, this.position, this.end);
        if (stringEnd < 0) {
            return false;
        }
        if (this.repairsMeta && !this.expectsValue && isMetaField(stringEnd)) {
            int valueStart = skipBlanks(skipBlanks(stringEnd) + 1);
            if (valueStart < this.end && this.input[valueStart] == '{' && !isReadableObject(valueStart)) {
                return this.remainingRescans > 0 && dropField(valueStart);
            }
        }
        copy(stringEnd - this.position);
        return true;
    }

    private boolean isMetaField(int nameEnd) {
        int colon = skipBlanks(nameEnd);
        return Arrays.equals(this.input, this.position, nameEnd, META_FIELD, 0, META_FIELD.length) && colon < this.end
                && this.input[colon] == ':';
    }

    /** Returns whether an object can be parsed, possibly after repairs inside it. */
    private boolean isReadableObject(int from) {
        int limit = Math.min(this.end, from + MAX_META_LENGTH);
        int objectEnd = JsonBytes.findObjectEnd(this.input, from, limit);
        this.remainingRescans -= 2L * (((objectEnd < 0) ? limit : objectEnd) - from);
        if (objectEnd < 0) {
            return false;
        }
        int next = skipBlanks(objectEnd);
        if (next >= this.end || (this.input[next] != ',' && this.input[next] != '}')) {
            return false;
        }
        if (JsonBytes.isValidJson(this.input, from, objectEnd - from)) {
            return true;
        }
        byte[] repaired = new BodyRepair(this.input, from, objectEnd, false).repairBytes();
        return repaired != null && JsonBytes.isValidJson(repaired, 0, repaired.length);
    }

    /**
     * Drops a field and continues at the end of its item: the brace before the next item
     * or before the end of the array.
     */
    private boolean dropField(int from) {
        int itemEnd = from;
        while (itemEnd < this.end && !(this.input[itemEnd] == '}' && isItemEnd(itemEnd + 1))) {
            itemEnd++;
        }
        if (itemEnd == this.end) {
            return false;
        }
        while (this.size > 0 && (JsonBytes.isBlank(this.output[this.size - 1]) || this.output[this.size - 1] == ',')) {
            this.size--;
        }
        this.position = itemEnd;
        this.changed = true;
        return true;
    }

    private boolean isItemEnd(int afterBrace) {
        int nextIndex = skipBlanks(afterBrace);
        if (nextIndex >= this.end || this.input[nextIndex] == ']') {
            return true;
        }
        int nextItem = skipBlanks(nextIndex + 1);
        return this.input[nextIndex] == ',' && nextItem < this.end && this.input[nextItem] == '{';
    }

    private boolean copyToken() {
        int tokenEnd = findTokenEnd(this.position);
        boolean isWhole = true;
        int comma = skipBlanks(tokenEnd);
        if (this.objectLevels.get(this.depth) && comma < this.end && this.input[comma] == ',') {
            // After a comma in an object, a quoted name must follow. A digit continues a
            // number with a decimal comma.
            int next = skipBlanks(comma + 1);
            if (next < this.end && this.input[next] >= '0' && this.input[next] <= '9') {
                tokenEnd = findTokenEnd(next);
                isWhole = false;
            }
        }
        if (tokenEnd == this.position) {
            return false;
        }
        if (isWhole && tokenEnd - this.position <= MAX_TOKEN_LENGTH
                && JsonBytes.isNumberOrLiteral(this.input, this.position, tokenEnd)) {
            copy(tokenEnd - this.position);
            return true;
        }
        quoteToken(Math.min(tokenEnd, this.position + MAX_TOKEN_LENGTH));
        this.position = tokenEnd;
        this.changed = true;
        return true;
    }

    private int findTokenEnd(int from) {
        int tokenEnd = from;
        while (tokenEnd < this.end && !JsonBytes.isBlank(this.input[tokenEnd])
                && ",]}[{\"".indexOf(this.input[tokenEnd]) < 0) {
            tokenEnd++;
        }
        return tokenEnd;
    }

    private void quoteToken(int tokenEnd) {
        add((byte) '"');
        for (byte b : UNQUOTED_MARKER_ESCAPE) {
            add(b);
        }
        for (int i = this.position; i < tokenEnd; i++) {
            byte b = this.input[i];
            add((b == '\\' || (b >= 0 && b < ' ')) ? (byte) '?' : b);
        }
        add((byte) '"');
    }

    private void copy(int length) {
        ensureCapacity(length);
        System.arraycopy(this.input, this.position, this.output, this.size, length);
        this.size += length;
        this.position += length;
    }

    private void add(byte b) {
        ensureCapacity(1);
        this.output[this.size++] = b;
    }

    private void ensureCapacity(int count) {
        if (this.size + count > this.output.length) {
            this.output = Arrays.copyOf(this.output, this.output.length + this.output.length / 4 + count);
        }
    }

    private int skipBlanks(int from) {
        int index = from;
        while (index < this.end && JsonBytes.isBlank(this.input[index])) {
            index++;
        }
        return index;
    }

}
