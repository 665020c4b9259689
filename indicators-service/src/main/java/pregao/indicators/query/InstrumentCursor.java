package pregao.indicators.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import pregao.contracts.Instrument;

/**
 * The cursor of a page of instruments. Clients send its text back unchanged.
 *
 * @param after the last instrument of the previous page
 */
public record InstrumentCursor(Instrument after) {

    private static final String PREFIX = "i1:";

    /**
     * Returns the text of the cursor in responses and requests.
     * @return a URL-safe text
     */
    public String text() {
        byte[] bytes = (PREFIX + this.after.key()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<InstrumentCursor> of(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            return decoded.startsWith(PREFIX)
                    ? Optional.of(new InstrumentCursor(Instrument.ofKey(decoded.substring(PREFIX.length()))))
                    : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
