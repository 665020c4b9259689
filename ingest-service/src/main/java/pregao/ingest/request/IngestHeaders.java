package pregao.ingest.request;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import pregao.ingest.parser.TimestampResolver;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Headers of an ingest request that describe its body and the expected response.
 */
public final class IngestHeaders {

    private final HttpHeaders headers;

    IngestHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /**
     * Checks the headers.
     * @throws IngestException 400 or 415 if a header is not supported
     */
    void check() {
        checkContentType();
        isGzipped();
        utcOffset();
    }

    /**
     * Rejects content types that are certainly not JSON. MetaTrader sends JSON with the
     * content type of HTML forms by default.
     */
    private void checkContentType() {
        String contentType = this.headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (contentType == null) {
            return;
        }
        int semicolon = contentType.indexOf(';');
        String mediaType = ((semicolon < 0) ? contentType : contentType.substring(0, semicolon)).strip()
            .toLowerCase(Locale.ROOT);
        boolean accepted = switch (mediaType) {
            case "", "application/json", "text/json", "application/x-www-form-urlencoded", "application/octet-stream" ->
                true;
            default -> mediaType.startsWith("application/") && mediaType.endsWith("+json");
        };
        if (!accepted) {
            throw IngestException
                .of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type is %s, expected application/json".formatted(contentType))
                .header(HttpHeaders.ACCEPT, "application/json");
        }
    }

    boolean isGzipped() {
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

    boolean prefersMinimal() {
        List<String> preferences = this.headers.getOrEmpty("Prefer");
        return preferences.stream().anyMatch((preference) -> preference.replace(" ", "").contains("return=minimal"));
    }

    @Nullable Integer utcOffset() {
        return utcOffset(this.headers);
    }

    /**
     * Parses the header {@code X-UTC-Offset}.
     * @param headers the headers of a request
     * @return seconds east of UTC, or null if the header is missing
     * @throws IngestException 400 if the header is not an offset
     */
    public static @Nullable Integer utcOffset(HttpHeaders headers) {
        String value = headers.getFirst("X-UTC-Offset");
        if (value == null) {
            return null;
        }
        Integer offset = TimestampResolver.parseOffset(value);
        if (offset == null) {
            String expected = "+03:00, +3 or seconds, quarters of an hour from -12:00 to +14:00";
            throw IngestException
                .of(ProblemType.BAD_REQUEST, "X-UTC-Offset is %s, expected %s".formatted(value, expected))
                .error(new IngestException.FieldError(-1, "X-UTC-Offset", expected, "not an offset"));
        }
        return offset;
    }

    long contentLength() {
        return this.headers.getContentLength();
    }

}
