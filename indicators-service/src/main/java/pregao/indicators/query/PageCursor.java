package pregao.indicators.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cursor of a page of candles. Clients send its text back unchanged.
 *
 * @param from the open time of the first candle of the page
 */
public record PageCursor(Instant from) {

    private static final Pattern FORMAT = Pattern.compile("c1:(-?\\d{1,15})");

    /**
     * Returns the text of the cursor in responses and requests.
     * @return a URL-safe text
     */
    public String text() {
        byte[] bytes = ("c1:" + this.from.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<PageCursor> of(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            Matcher matcher = FORMAT.matcher(decoded);
            return matcher.matches()
                    ? Optional.of(new PageCursor(Instant.ofEpochMilli(Long.parseLong(matcher.group(1)))))
                    : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
