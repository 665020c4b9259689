package pregao.contracts.indicator;

import java.util.Locale;
import java.util.Optional;

/**
 * How indicators are calculated. Each is right somewhere: traders compare with what they
 * look at.
 */
public enum IndicatorConvention {

    /** Simple means, as the system before this one did. */
    PLAIN(ConventionMessage.CONVENTION_PLAIN),
    /** As the MetaTrader 5 terminal shows them. */
    MT5(ConventionMessage.CONVENTION_MT5),
    /** As the books of Wilder and Appel have them. */
    CLASSIC(ConventionMessage.CONVENTION_CLASSIC);

    private final ConventionMessage message;

    IndicatorConvention(ConventionMessage message) {
        this.message = message;
    }

    /**
     * The form in requests, answers and settings.
     * @return such as {@code plain}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The convention of a text.
     * @param text as {@link #text()} gives it
     * @return the convention, or empty where there is none of that name
     */
    public static Optional<IndicatorConvention> named(String text) {
        for (IndicatorConvention convention : values()) {
            if (convention.text().equals(text)) {
                return Optional.of(convention);
            }
        }
        return Optional.empty();
    }

    /**
     * The form on the wire.
     * @return the message's value
     */
    public ConventionMessage message() {
        return this.message;
    }

    /**
     * The convention of a message.
     * @param message the message's value
     * @return the convention
     * @throws IllegalArgumentException where this version does not know the value
     */
    public static IndicatorConvention of(ConventionMessage message) {
        return switch (message) {
            case CONVENTION_PLAIN -> PLAIN;
            case CONVENTION_MT5 -> MT5;
            case CONVENTION_CLASSIC -> CLASSIC;
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown convention");
        };
    }

}
