package pregao.ingest.request;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import pregao.ingest.parser.TimestampResolver;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * What the headers of a post say about its body and its answer.
 */
public final class IngestHeaders {

    private final HttpHeaders headers;

    IngestHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /**
     * Refuses a request whose headers are not understood.
     */
    void check() {
        checkType();
        isPacked();
        offset();
    }

    /**
     * Refuses what is certainly not JSON. A terminal's default is the type of forms, with
     * JSON in the body.
     */
    private void checkType() {
        String type = this.headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return;
        }
        int end = type.indexOf(';');
        String plain = ((end < 0) ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        boolean taken = switch (plain) {
            case "", "application/json", "text/json", "application/x-www-form-urlencoded", "application/octet-stream" ->
                true;
            default -> plain.startsWith("application/") && plain.endsWith("+json");
        };
        if (!taken) {
            throw IngestException
                .of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type is %s, expected application/json".formatted(type))
                .header(HttpHeaders.ACCEPT, "application/json");
        }
    }

    boolean isPacked() {
        String encoding = this.headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null) {
            return false;
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> true;
            case "", "identity" -> false;
            default -> throw IngestException
                .of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding is %s, expected gzip or none".formatted(encoding))
                .header(HttpHeaders.ACCEPT_ENCODING, "gzip");
        };
    }

    boolean wantsMinimal() {
        List<String> preferences = this.headers.getOrEmpty("Prefer");
        return preferences.stream().anyMatch((each) -> each.replace(" ", "").contains("return=minimal"));
    }

    @Nullable Integer offset() {
        return offset(this.headers);
    }

    /**
     * Reads the header {@code X-UTC-Offset}.
     * @param headers of a request
     * @return seconds east of UTC, or null where the header is missing
     */
    public static @Nullable Integer offset(HttpHeaders headers) {
        String text = headers.getFirst("X-UTC-Offset");
        if (text == null) {
            return null;
        }
        Integer offset = TimestampResolver.offset(text);
        if (offset == null) {
            String expected = "+03:00, +3 or seconds, quarters of an hour from -12:00 to +14:00";
            throw IngestException
                .of(ProblemType.BAD_REQUEST, "X-UTC-Offset is %s, expected %s".formatted(text, expected))
                .error(new IngestException.FieldError(-1, "X-UTC-Offset", expected, "not an offset"));
        }
        return offset;
    }

    long length() {
        return this.headers.getContentLength();
    }

}
