package pregao.ingest.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import pregao.ingest.backpressure.InFlightPermit;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Unpacks gzip, never further than a body may be long, and never into more room than the
 * request has.
 */
final class GzipDecoder {

    private static final int STEP = 64 * 1024;

    private GzipDecoder() {
    }

    static byte[] gunzip(byte[] packed, int most, InFlightPermit slot) {
        byte[] plain = new byte[0];
        int size = 0;
        int expected = Math.clamp(expected(packed), 0, most);
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed), 8192)) {
            while (true) {
                if (size == plain.length) {
                    int room = Math.min(most, (size == 0 && expected > 0) ? expected : size * 2 + STEP);
                    if (room == size) {
                        return ended(stream, plain, most);
                    }
                    reserve(slot, room - size);
                    plain = Arrays.copyOf(plain, room);
                }
                int read = stream.read(plain, size, plain.length - size);
                if (read < 0) {
                    return Arrays.copyOf(plain, size);
                }
                size += read;
            }
        }
        catch (IOException ex) {
            throw IngestException.of(ProblemType.UNREADABLE_BODY, "the body is not gzip", ex)
                .error(new IngestException.FieldError(-1, "body", "gzip, as Content-Encoding says", "broken gzip"));
        }
    }

    private static byte[] ended(GZIPInputStream stream, byte[] plain, int most) throws IOException {
        if (stream.read() >= 0) {
            throw IngestException.of(ProblemType.TOO_LARGE,
                    "the body is larger than %,d bytes unpacked".formatted(most));
        }
        return plain;
    }

    private static void reserve(InFlightPermit slot, long more) {
        if (!slot.grow(more)) {
            throw IngestException.tryAgain(ProblemType.BUSY, "too many bytes are under way");
        }
    }

    /** The last four bytes say how long the plain body is; it is only a first guess. */
    private static long expected(byte[] packed) {
        long length = 0;
        for (int i = Math.max(packed.length - 4, 0), shift = 0; i < packed.length; i++, shift += 8) {
            length |= (packed[i] & 0xFFL) << shift;
        }
        return length + 1;
    }

}
