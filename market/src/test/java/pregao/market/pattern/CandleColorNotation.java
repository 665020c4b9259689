package pregao.market.pattern;

import java.util.Random;

import pregao.contracts.Timeframe;

/**
 * Colours written as letters: G, R, D and a dot for a hole.
 */
public final class CandleColorNotation {

    /** A Thursday at ten, where a block begins. */
    public static final long TEN = 1_735_812_000_000L;

    private static final long PRICE = 100_000_000;

    private CandleColorNotation() {
    }

    /**
     * M1 candles from ten o'clock on.
     * @param letters one each; blanks and bars are for the eye
     * @return their colours
     */
    public static CandleColors minutes(String letters) {
        return of(Timeframe.M1, letters);
    }

    public static CandleColors of(Timeframe timeframe, String letters) {
        String all = letters.replaceAll("[ |]", "");
        int count = (int) all.chars().filter((letter) -> letter != '.').count();
        long[] times = new long[count];
        long[] opens = new long[count];
        long[] closes = new long[count];
        int at = 0;
        for (int i = 0; i < all.length(); i++) {
            if (all.charAt(i) != '.') {
                times[at] = TEN + i * timeframe.millis();
                opens[at] = PRICE;
                closes[at++] = PRICE + switch (all.charAt(i)) {
                    case 'G' -> 1;
                    case 'R' -> -1;
                    default -> 0;
                };
            }
        }
        return CandleColors.of(timeframe, times, opens, closes);
    }

    /**
     * Letters by chance.
     * @param random draws them
     * @param length how many
     * @param dojis how likely a doji is
     * @param holes how likely a hole is
     * @return letters that begin with a candle
     */
    public static String random(Random random, int length, double dojis, double holes) {
        StringBuilder letters = new StringBuilder("G");
        while (letters.length() < length) {
            double draw = random.nextDouble();
            letters.append((draw < dojis) ? 'D' : (draw < dojis + holes) ? '.' : random.nextBoolean() ? 'G' : 'R');
        }
        return letters.toString();
    }

}
