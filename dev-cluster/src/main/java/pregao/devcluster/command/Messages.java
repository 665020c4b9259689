package pregao.devcluster.command;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * What people read, in Portuguese or in English.
 */
final class Messages {

    static final String BUNDLE = "pregao.devcluster.command.messages";

    private static final Locale PORTUGUESE = Locale.of("pt", "BR");

    private final ResourceBundle bundle;

    Messages(Locale locale) {
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * The language that a terminal asks for. The JDK would ask the system, which knows
     * only the languages that are installed.
     * @param environment with {@code LC_ALL}, {@code LC_MESSAGES}, {@code LANG}
     * @return Portuguese, or else English
     */
    static Locale language(Map<String, String> environment) {
        for (String name : new String[] { "LC_ALL", "LC_MESSAGES", "LANG" }) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.startsWith("pt") ? PORTUGUESE : Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    String text(String key, Object... values) {
        String text = this.bundle.getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

}
