package pregao.session.identity.password;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Strength of a password: the number of its characters, where a run that is easy to guess
 * counts as one. Case, accents and digits or signs in place of letters are ignored.
 *
 * @see PasswordRules
 */
final class PasswordStrength {

    private static final int MIN_RUN_LENGTH = 3;

    /** Shorter runs occur in too many words. */
    private static final int MIN_KEYBOARD_RUN_LENGTH = 4;

    private static final int MIN_NAME_LENGTH = 4;

    private static final int FIRST_YEAR = 1900;

    private static final int LAST_YEAR = 2099;

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    /**
     * Digits and signs that often replace letters. Each stands at the index of its letter
     * in {@link #SUBSTITUTED_LETTERS}.
     */
    private static final String SUBSTITUTES = "0134578@$!";

    private static final String SUBSTITUTED_LETTERS = "oieastbasi";

    /** The rows of a keyboard, each shifted by half a key to the one above. */
    private static final List<String> KEYBOARD = List.of("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm");

    /**
     * The most common words in passwords, in English and Portuguese, and words of this
     * product's domain.
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

    private static final int MAX_WORD_LENGTH = WORDS.stream().mapToInt(String::length).max().orElseThrow();

    private final Set<String> emailParts = new HashSet<>();

    private final String localPart;

    private final int maxWordLength;

    /**
     * Creates the strength check for a user's passwords.
     * @param email the email address of the user
     */
    PasswordStrength(String email) {
        String folded = fold(email);
        this.localPart = folded.substring(0, Math.max(0, folded.indexOf('@')));
        for (String part : SEPARATORS.split(folded, -1)) {
            if (part.length() >= MIN_NAME_LENGTH) {
                this.emailParts.add(part);
            }
        }
        this.maxWordLength = this.emailParts.stream().mapToInt(String::length).reduce(MAX_WORD_LENGTH, Math::max);
    }

    /**
     * Returns whether a password contains the local part of the user's email address or
     * the name of the product.
     * @param password the password
     * @return true if it does, whatever else the password contains
     */
    boolean containsOwnName(String password) {
        String text = fold(password);
        return text.contains("pregao") || (this.localPart.length() >= MIN_NAME_LENGTH && text.contains(this.localPart));
    }

    /**
     * Computes the strength of a password.
     * @param password the password
     * @return the strength, at most the length of the password
     */
    int compute(String password) {
        String text = fold(password);
        String plain = replaceSubstitutes(text);
        int count = 0;
        int position = 0;
        while (position < text.length()) {
            position += Math.max(1, longestRun(text, plain, position));
            count++;
        }
        return count;
    }

    private int longestRun(String text, String plain, int position) {
        int run = Math.max(Math.max(repeatLength(text, position), sequenceLength(text, position)),
                Math.max(keyboardRunLength(text, position), yearLength(text, position)));
        return Math.max(run, Math.max(wordLength(text, position), wordLength(plain, position)));
    }

    private int wordLength(String text, int position) {
        for (int end = Math.min(text.length(), position + this.maxWordLength); end
                - position >= MIN_RUN_LENGTH; end--) {
            String part = text.substring(position, end);
            if (this.emailParts.contains(part) || WORDS.contains(part)) {
                return part.length();
            }
        }
        return 0;
    }

    /**
     * Returns the length of the repetition at a position, which may overlap its first
     * occurrence, as in "aaaa" and "abcabc".
     */
    private static int repeatLength(String text, int position) {
        int longest = 0;
        for (int from = 0; from < position; from++) {
            int length = 0;
            while (position + length < text.length() && text.charAt(from + length) == text.charAt(position + length)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return (longest >= MIN_RUN_LENGTH) ? longest : 0;
    }

    private static int sequenceLength(String text, int position) {
        if (position + 1 >= text.length()) {
            return 0;
        }
        int step = text.charAt(position + 1) - text.charAt(position);
        int end = position + 1;
        while (end < text.length() && text.charAt(end) - text.charAt(end - 1) == step) {
            end++;
        }
        return (Math.abs(step) == 1 && end - position >= MIN_RUN_LENGTH) ? end - position : 0;
    }

    private static int keyboardRunLength(String text, int position) {
        int end = position + 1;
        while (end < text.length() && areAdjacentKeys(text.charAt(end - 1), text.charAt(end))) {
            end++;
        }
        return (end - position >= MIN_KEYBOARD_RUN_LENGTH) ? end - position : 0;
    }

    private static boolean areAdjacentKeys(char first, char second) {
        for (int row = 0; row < KEYBOARD.size(); row++) {
            int column = KEYBOARD.get(row).indexOf(first);
            if (column >= 0) {
                return isKeyBetween(second, row, column - 1, column + 1)
                        || isKeyBetween(second, row + 1, column - 1, column)
                        || isKeyBetween(second, row - 1, column, column + 1);
            }
        }
        return false;
    }

    private static boolean isKeyBetween(char key, int row, int from, int to) {
        int column = (row >= 0 && row < KEYBOARD.size()) ? KEYBOARD.get(row).indexOf(key) : -1;
        return column >= 0 && column >= from && column <= to;
    }

    private static int yearLength(String text, int position) {
        int length = Integer.toString(FIRST_YEAR).length();
        if (position + length > text.length()
                || !text.substring(position, position + length).chars().allMatch(Character::isDigit)) {
            return 0;
        }
        int year = Integer.parseInt(text.substring(position, position + length));
        return (year >= FIRST_YEAR && year <= LAST_YEAR) ? length : 0;
    }

    private static String fold(String text) {
        String decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        return ACCENTS.matcher(decomposed).replaceAll("");
    }

    private static String replaceSubstitutes(String text) {
        StringBuilder letters = new StringBuilder(text);
        for (int i = 0; i < letters.length(); i++) {
            int substitute = SUBSTITUTES.indexOf(letters.charAt(i));
            if (substitute >= 0) {
                letters.setCharAt(i, SUBSTITUTED_LETTERS.charAt(substitute));
            }
        }
        return letters.toString();
    }

}
