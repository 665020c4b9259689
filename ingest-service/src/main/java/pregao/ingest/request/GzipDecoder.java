package pregao.ingest.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import pregao.ingest.backpressure.InFlightPermit;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Decoder for gzip bodies, limited by the maximum body size and by the capacity that the
 * request can reserve.
 */
final class GzipDecoder {

    private static final int MIN_GROWTH = 64 * 1024;

    private GzipDecoder() {
    }

    static byte[] decompress(byte[] compressed, int maxBytes, InFlightPermit permit) {
        byte[] output = new byte[0];
        int size = 0;
        int expectedSize = Math.clamp(expectedSize(compressed), 0, maxBytes);
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(compressed), 8192)) {
            while (true) {
                if (size == output.length) {
                    int capacity = Math.min(maxBytes,
                            (size == 0 && expectedSize > 0) ? expectedSize : size * 2 + MIN_GROWTH);
                    if (capacity == size) {
                        return requireEnd(stream, output, maxBytes);
                    }
                    reserve(permit, capacity - size);
                    output = Arrays.copyOf(output, capacity);
                }
                int count = stream.read(output, size, output.length - size);
                if (count < 0) {
                    return Arrays.copyOf(output, size);
                }
                size += count;
            }
        }
        catch (IOException ex) {
            throw IngestException.of(ProblemType.UNREADABLE_BODY, "the body is not gzip", ex)
                .error(new IngestException.FieldError(-1, "body", "gzip, as Content-Encoding says", "broken gzip"));
        }
    }

    private static byte[] requireEnd(GZIPInputStream stream, byte[] output, int maxBytes) throws IOException {
        if (stream.read() >= 0) {
            throw IngestException.of(ProblemType.TOO_LARGE,
                    "the body is larger than %,d bytes unpacked".formatted(maxBytes));
        }
        return output;
    }

    private static void reserve(InFlightPermit permit, long bytes) {
        if (!permit.tryReserve(bytes)) {
            throw IngestException.retryLater(ProblemType.BUSY, "too many bytes are under way");
        }
    }

    /**
     * Returns the uncompressed size from the last four bytes (ISIZE, RFC 1952), plus one.
     * It is only an initial estimate.
     */
    private static long expectedSize(byte[] compressed) {
        long length = 0;
        for (int i = Math.max(compressed.length - 4, 0), shift = 0; i < compressed.length; i++, shift += 8) {
            length |= (compressed[i] & 0xFFL) << shift;
        }
        return length + 1;
    }

}
