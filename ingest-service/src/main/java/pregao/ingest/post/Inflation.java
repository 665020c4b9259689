package pregao.ingest.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Unpacks gzip, never further than a body may be long.
 */
final class Inflation {

    private Inflation() {
    }

    static byte[] gunzip(byte[] packed, int most) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed), 8192)) {
            byte[] plain = stream.readNBytes(most + 1);
            if (plain.length > most) {
                throw Problem.of(ProblemType.TOO_LARGE, "the body is larger than %,d bytes unpacked".formatted(most));
            }
            return plain;
        }
        catch (IOException ex) {
            throw Problem.of(ProblemType.UNREADABLE_BODY, "the body is not gzip: " + ex.getMessage(), ex)
                .error(new Problem.FieldError(-1, "body", "gzip, as Content-Encoding says", "broken gzip"));
        }
    }

}
