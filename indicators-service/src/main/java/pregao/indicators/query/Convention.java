package pregao.indicators.query;

import java.util.Locale;
import java.util.Optional;

/**
 * How indicators are calculated.
 */
public enum Convention {

    /** Simple means, as the system before this one did. */
    PLAIN,
    /** As the MetaTrader 5 terminal shows them. */
    MT5,
    /** As the books of Wilder and Appel have them. */
    CLASSIC;

    /**
     * The form in requests and answers.
     * @return such as {@code plain}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Convention> named(String text) {
        for (Convention convention : values()) {
            if (convention.text().equals(text)) {
                return Optional.of(convention);
            }
        }
        return Optional.empty();
    }

}
