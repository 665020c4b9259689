package pregao.devcluster.marketgenerator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code 90s}, {@code 5m}, {@code 1h30m}.
 */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            Duration length = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (length.isPositive()) {
                return length;
            }
        }
        catch (DateTimeParseException ex) {
            // Said below, with what is expected.
        }
        throw new TypeConversionException("expected a length of time such as 90s, 5m or 1h30m, not '" + text + "'");
    }

}
