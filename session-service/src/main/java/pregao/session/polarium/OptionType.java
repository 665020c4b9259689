package pregao.session.polarium;

import java.util.Locale;

/**
 * The broker's products.
 */
enum OptionType {

    /** To the end of a quarter of an hour. */
    BINARY(1),
    /** To the end of a minute. */
    TURBO(3),
    /** For some seconds. */
    BLITZ(12);

    private final int number;

    OptionType(int number) {
        this.number = number;
    }

    int number() {
        return this.number;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
