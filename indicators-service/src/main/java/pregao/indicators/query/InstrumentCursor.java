package pregao.indicators.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import pregao.contracts.Instrument;

/**
 * Where the next page of instruments begins; callers pass its text back as they got it.
 *
 * @param after the last instrument of the page before
 */
public record InstrumentCursor(Instrument after) {

    private static final String PREFIX = "i1:";

    /**
     * The form in answers and requests.
     * @return letters that are safe in an address
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
