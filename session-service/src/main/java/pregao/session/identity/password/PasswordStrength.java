package pregao.session.identity.password;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How much of a password has to be guessed: its characters, of which a run that anybody
 * would try counts as one. Capitals, accents, and figures in place of letters make no
 * difference.
 *
 * @see PasswordRules
 */
final class PasswordStrength {

    private static final int SHORTEST_RUN = 3;

    /** Shorter ones are in too many words. */
    private static final int SHORTEST_WALK = 4;

    private static final int SHORTEST_NAME = 4;

    private static final int FIRST_YEAR = 1900;

    private static final int LAST_YEAR = 2099;

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    /** Figures and signs, and the letters for which they often stand. */
    private static final String DISGUISES = "0134578@$!";

    private static final String MEANT = "oieastbasi";

    /** Rows as they are typed, each shifted by half a key to the one above. */
    private static final List<String> KEYBOARD = List.of("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm");

    /**
     * What passwords are made of most often, in English and Portuguese, and what this
     * product is about.
     */
    private static final Set<String> WORDS = Set.of("password", "passwort", "passphrase", "senha", "secret", "segredo",
            "admin", "administrator", "administrador", "root", "user", "usuario", "login", "welcome", "bemvindo",
            "changeme", "letmein", "iloveyou", "teamo", "love", "amor", "monkey", "dragon", "master", "mestre",
            "sunshine", "princess", "princesa", "football", "futebol", "flamengo", "corinthians", "palmeiras", "santos",
            "brasil", "brazil", "jesus", "deus", "familia", "family", "hello", "ola", "test", "teste", "temp", "guest",
            "default", "example", "trustno", "superman", "batman", "minecraft", "pokemon", "google", "facebook",
            "windows", "computer", "computador", "internet", "server", "servidor", "database", "postgres", "trader",
            "trading", "trade", "money", "dinheiro", "bitcoin", "forex", "market", "mercado", "bolsa", "polarium",
            "binance", "metatrader", "quadcode", "pregao", "janeiro", "fevereiro", "setembro", "outubro", "novembro",
            "dezembro", "january", "february", "september", "october", "november", "december", "summer", "winter",
            "spring", "autumn", "verao", "inverno");

    private static final int LONGEST_WORD = WORDS.stream().mapToInt(String::length).max().orElseThrow();

    private final Set<String> names = new HashSet<>();

    private final String local;

    private final int longestWord;

    /**
     * Knows whose passwords are looked at.
     * @param email of their owner
     */
    PasswordStrength(String email) {
        String folded = folded(email);
        this.local = folded.substring(0, Math.max(0, folded.indexOf('@')));
        for (String name : SEPARATORS.split(folded, -1)) {
            if (name.length() >= SHORTEST_NAME) {
                this.names.add(name);
            }
        }
        this.longestWord = this.names.stream().mapToInt(String::length).reduce(LONGEST_WORD, Math::max);
    }

    /**
     * Whether the owner's address, or the name of the product, is in a password.
     * @param password which
     * @return true where it is, whatever else there is
     */
    boolean isContainedIn(String password) {
        String text = folded(password);
        return text.contains("pregao") || (this.local.length() >= SHORTEST_NAME && text.contains(this.local));
    }

    /**
     * Counts.
     * @param password which
     * @return at most its length
     */
    int of(String password) {
        String text = folded(password);
        String meant = undisguised(text);
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            at += Math.max(1, longest(text, meant, at));
            count++;
        }
        return count;
    }

    private int longest(String text, String meant, int at) {
        int run = Math.max(Math.max(repeat(text, at), sequence(text, at)), Math.max(walk(text, at), year(text, at)));
        return Math.max(run, Math.max(word(text, at), word(meant, at)));
    }

    private int word(String text, int at) {
        for (int end = Math.min(text.length(), at + this.longestWord); end - at >= SHORTEST_RUN; end--) {
            String part = text.substring(at, end);
            if (this.names.contains(part) || WORDS.contains(part)) {
                return part.length();
            }
        }
        return 0;
    }

    /** What stood before, also where it goes on into itself as in "aaaa" and "abcabc". */
    private static int repeat(String text, int at) {
        int longest = 0;
        for (int from = 0; from < at; from++) {
            int length = 0;
            while (at + length < text.length() && text.charAt(from + length) == text.charAt(at + length)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return (longest >= SHORTEST_RUN) ? longest : 0;
    }

    private static int sequence(String text, int at) {
        if (at + 1 >= text.length()) {
            return 0;
        }
        int step = text.charAt(at + 1) - text.charAt(at);
        int end = at + 1;
        while (end < text.length() && text.charAt(end) - text.charAt(end - 1) == step) {
            end++;
        }
        return (Math.abs(step) == 1 && end - at >= SHORTEST_RUN) ? end - at : 0;
    }

    private static int walk(String text, int at) {
        int end = at + 1;
        while (end < text.length() && areNeighbours(text.charAt(end - 1), text.charAt(end))) {
            end++;
        }
        return (end - at >= SHORTEST_WALK) ? end - at : 0;
    }

    private static boolean areNeighbours(char one, char other) {
        for (int row = 0; row < KEYBOARD.size(); row++) {
            int place = KEYBOARD.get(row).indexOf(one);
            if (place >= 0) {
                return isAt(other, row, place - 1, place + 1) || isAt(other, row + 1, place - 1, place)
                        || isAt(other, row - 1, place, place + 1);
            }
        }
        return false;
    }

    private static boolean isAt(char key, int row, int from, int to) {
        int place = (row >= 0 && row < KEYBOARD.size()) ? KEYBOARD.get(row).indexOf(key) : -1;
        return place >= 0 && place >= from && place <= to;
    }

    private static int year(String text, int at) {
        int length = Integer.toString(FIRST_YEAR).length();
        if (at + length > text.length() || !text.substring(at, at + length).chars().allMatch(Character::isDigit)) {
            return 0;
        }
        int year = Integer.parseInt(text.substring(at, at + length));
        return (year >= FIRST_YEAR && year <= LAST_YEAR) ? length : 0;
    }

    private static String folded(String text) {
        String parts = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        return ACCENTS.matcher(parts).replaceAll("");
    }

    private static String undisguised(String text) {
        StringBuilder meant = new StringBuilder(text);
        for (int i = 0; i < meant.length(); i++) {
            int disguise = DISGUISES.indexOf(meant.charAt(i));
            if (disguise >= 0) {
                meant.setCharAt(i, MEANT.charAt(disguise));
            }
        }
        return meant.toString();
    }

}
