package pregao.market.dataquality;

import java.util.Optional;
import java.util.Set;

/**
 * Which setting of an EA, or of its feed, ends rejections of one kind.
 */
public final class RejectionAdvice {

    private static final Set<String> PRICES = Set.of("open", "high", "low", "close", "bid", "ask");

    private RejectionAdvice() {
    }

    /**
     * The setting to change.
     * @param field which field was rejected, such as {@code ts}
     * @param kind the class of the reason, such as {@code future}
     * @param example the reason of the last item
     * @return a sentence, or empty where no setting helps
     */
    public static Optional<String> of(String field, String kind, String example) {
        return switch (kind) {
            case "future" -> Optional.of("Set the clock of the feed to the clock of the broker's server");
            case "misaligned" -> Optional.of("Set Timestamp_Source=TS_BAR_OPEN in DataCollectorPRO, and the feed's "
                    + "day_zone to the zone of the broker's day");
            case "contradiction" -> Optional
                .of("Let the EA send one time field, and set the clock of the feed to a zone with the broker's dates");
            case "instruments" -> Optional.of("Send fewer symbols, or raise pregao.ingest.instruments.per-feed");
            case "past" -> Optional.of("Send ISO 8601, or epoch seconds or milliseconds");
            case "range" -> ofRange(field, example);
            case "malformed" -> PRICES.contains(field)
                    ? Optional.of("Write numbers with a decimal point, and no NaN, in the EA") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofRange(String field, String example) {
        if (PRICES.contains(field) && example.matches(field + " is \"?0(\\.0+)?(?![.\\d]).*")) {
            return Optional.of("DataCollectorPRO writes prices of 1,000,000 and more as 0.000000: turn these symbols "
                    + "off there, and send their candles with DataCollectorRebuild");
        }
        return PRICES.contains(field) ? Optional.of("Quote the symbol with at most 8 decimals")
                : field.matches("ts|time.*|ts_msc") ? Optional.of("Send ISO 8601, or epoch seconds or milliseconds")
                        : Optional.empty();
    }

}
