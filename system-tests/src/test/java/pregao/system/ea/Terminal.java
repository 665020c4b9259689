package pregao.system.ea;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A terminal's chart: the quotes of one symbol, the symbol's digits and the broker's wall
 * clock, which it writes with a Z as if it were UTC.
 *
 * @param symbol the symbol as the broker spells it
 * @param digits decimals of its prices
 * @param quotes in order
 */
public record Terminal(String symbol, int digits, List<Quote> quotes) {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final int BROKER_AHEAD_HOURS = 7;

    private static final DateTimeFormatter WHOLE_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

    public Terminal {
        quotes = List.copyOf(quotes);
    }

    /**
     * A terminal that saw a random market.
     * @param symbol the symbol
     * @param from the first quote is about then
     * @param length for how long
     * @param seed of the market
     * @return about two quotes a second, now and then several in one
     */
    public static Terminal random(String symbol, Instant from, Duration length, long seed) {
        Random random = new Random(seed);
        List<Quote> quotes = new ArrayList<>();
        long time = from.toEpochMilli();
        long end = time + length.toMillis();
        long bid = 108_550;
        while (true) {
            time += 1 + random.nextInt(1_000);
            if (time >= end) {
                return new Terminal(symbol, 5, quotes);
            }
            bid += random.nextInt(7) - 3;
            quotes.add(new Quote(time, bid, bid + 8 + random.nextInt(5)));
        }
    }

    /**
     * A terminal that saw a busy market.
     * @param symbol the symbol
     * @param from the first quote is then
     * @param length for how long
     * @param eachSecond how many quotes in each second
     * @param seed of the market
     * @return quotes at equal distances
     */
    public static Terminal busy(String symbol, Instant from, Duration length, int eachSecond, long seed) {
        Random random = new Random(seed);
        List<Quote> quotes = new ArrayList<>();
        long bid = 108_550;
        for (long i = 0; i < length.toSeconds() * eachSecond; i++) {
            bid += random.nextInt(7) - 3;
            quotes.add(new Quote(from.toEpochMilli() + i * 1000 / eachSecond, bid, bid + 8 + random.nextInt(5)));
        }
        return new Terminal(symbol, 5, quotes);
    }

    /**
     * The bars of the chart.
     * @param length of a bar
     * @return in order
     */
    public List<Bar> bars(Duration length) {
        return Bar.of(this.quotes, length.toMillis());
    }

    /**
     * A price as MQL prints it with the symbol's digits.
     * @param points the price
     * @return with all digits
     */
    public String price(long points) {
        return BigDecimal.valueOf(points, this.digits).toPlainString();
    }

    /**
     * What the broker's clock shows.
     * @param utcMillis a moment
     * @return whole seconds, with the Z that is wrong
     */
    public static String brokerTime(long utcMillis) {
        return Instant.ofEpochMilli(utcMillis)
            .atZone(NEW_YORK)
            .toLocalDateTime()
            .plusHours(BROKER_AHEAD_HOURS)
            .format(WHOLE_SECONDS);
    }

    /**
     * What the broker's clock shows, as MQL's {@code time_msc}.
     * @param utcMillis a moment
     * @return the wall time as if it were an epoch
     */
    public static long brokerMillis(long utcMillis) {
        return Instant.parse(brokerTime(utcMillis)).toEpochMilli() + Math.floorMod(utcMillis, 1000L);
    }

}
