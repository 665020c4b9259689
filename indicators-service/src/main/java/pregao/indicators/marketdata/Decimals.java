package pregao.indicators.marketdata;

/**
 * Decimals as text, exact all the way.
 */
final class Decimals {

    private Decimals() {
    }

    /**
     * Takes the zeros at the end away.
     * @param decimal as the database writes one: plain, with all its decimals
     * @return the same number, as short as can be
     */
    static String shortest(String decimal) {
        if (decimal.indexOf('.') < 0) {
            return decimal;
        }
        int end = decimal.length();
        while (decimal.charAt(end - 1) == '0') {
            end--;
        }
        if (decimal.charAt(end - 1) == '.') {
            end--;
        }
        return decimal.substring(0, end);
    }

}
