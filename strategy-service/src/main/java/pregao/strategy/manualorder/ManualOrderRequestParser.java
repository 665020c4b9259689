package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountSelection;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Side;

/**
 * Parses and validates the request body of a manual order, collecting all errors.
 */
final class ManualOrderRequestParser {

    private static final Map<String, Side> SIDES = new LinkedHashMap<>();

    static {
        for (Side side : Side.values()) {
            SIDES.put(side.text(), side);
        }
    }

    private ManualOrderRequestParser() {
    }

    /**
     * Parses a request body.
     * @param body the request body
     * @param feed the feed to use if the body has none; empty for none
     * @return the request
     * @throws pregao.webapi.problem.ProblemException 400 if the body is not JSON, 422 if
     * fields are invalid
     */
    static ManualOrderRequest parse(byte[] body, String feed) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader reader = ObjectReader.of(JsonBody.parse(body), "", errors);
        AccountSelection account = AccountSelection.read(reader);
        Side side = reader.oneOf("side", SIDES, null);
        Instrument instrument = parseInstrument(reader, feed);
        BigDecimal amount = reader.decimal("amount", DecimalRange.greaterThanZero("1000000000", 8), null);
        OptionTerms terms = null;
        if (side.isOption()) {
            terms = new OptionTerms((int) reader.integer("seconds", 1, 86_400, 60L),
                    reader.decimal("payout", DecimalRange.greaterThanZero("10", 4), null));
            if (account.account() == null) {
                reader.addError("side", "buy or sell on paper; options on paper are for bots, or take demo money");
            }
        }
        reader.rejectUnknownFields();
        if (!errors.isEmpty() || instrument == null) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new ManualOrderRequest(account.account(), account.money(), instrument, side, amount, terms);
    }

    private static @Nullable Instrument parseInstrument(ObjectReader reader, String feed) {
        String input = reader.text("symbol", Instrument.MAX_SYMBOL_LENGTH * 2);
        String symbol = Instrument.symbolOf(input).orElse(input);
        String feedName = (reader.get("feed") == null && !feed.isEmpty()) ? feed : reader.text("feed", 32);
        try {
            return (symbol.isEmpty() || feedName.isEmpty()) ? null : new Instrument(feedName, symbol);
        }
        catch (IllegalArgumentException ex) {
            reader.addError("symbol",
                    "a symbol (%s) of a feed %s".formatted(Instrument.SYMBOL_RULE, Instrument.FEED_PATTERN));
            return null;
        }
    }

}
