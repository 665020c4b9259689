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
 * Reads an order, noting all that is wrong.
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
     * Reads.
     * @param body as it came
     * @param feed that is meant where none is named; empty for none
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 400 or 422
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
