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

    private static final String FORM = "i1:";

    /**
     * The form in answers and requests.
     * @return letters that are safe in an address
     */
    public String text() {
        byte[] form = (FORM + this.after.key()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(form);
    }

    static Optional<InstrumentCursor> of(String text) {
        try {
            String form = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            return form.startsWith(FORM)
                    ? Optional.of(new InstrumentCursor(Instrument.ofKey(form.substring(FORM.length()))))
                    : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
