package pregao.indicators.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the next page begins; callers pass its text back as they got it.
 *
 * @param from the open time of the page's first candle
 */
public record PageCursor(Instant from) {

    private static final Pattern FORMAT = Pattern.compile("c1:(-?\\d{1,15})");

    /**
     * The form in answers and requests.
     * @return letters that are safe in an address
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
