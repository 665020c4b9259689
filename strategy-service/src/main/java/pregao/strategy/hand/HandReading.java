package pregao.strategy.hand;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountWish;
import pregao.strategy.document.Body;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Side;

/**
 * Reads an order, noting all that is wrong.
 */
final class HandReading {

    private static final Map<String, Side> SIDES = new LinkedHashMap<>();

    static {
        for (Side side : Side.values()) {
            SIDES.put(side.text(), side);
        }
    }

    private HandReading() {
    }

    /**
     * Reads.
     * @param body as it came
     * @param feed that is meant where none is named; empty for none
     * @return checked
     * @throws pregao.http.problem.TroubleException 400 or 422
     */
    static HandWish read(byte[] body, String feed) {
        List<Wrong> wrong = new ArrayList<>();
        Document document = Document.of(Body.read(body), "", wrong);
        AccountWish account = AccountWish.read(document);
        Side side = document.word("side", SIDES, null);
        Instrument instrument = instrument(document, feed);
        BigDecimal amount = document.decimal("amount", Bounds.above0("1000000000", 8), null);
        OptionTerms terms = null;
        if (side.isOption()) {
            terms = new OptionTerms((int) document.whole("seconds", 1, 86_400, 60L),
                    document.decimal("payout", Bounds.above0("10", 4), null));
            if (account.account() == null) {
                document.wrong("side", "buy or sell on paper; options on paper are for bots, or take demo money");
            }
        }
        document.noOthers();
        if (!wrong.isEmpty() || instrument == null) {
            throw Body.trouble(wrong).asException();
        }
        return new HandWish(account.account(), account.money(), instrument, side, amount, terms);
    }

    private static @Nullable Instrument instrument(Document document, String feed) {
        String sent = document.text("symbol", Instrument.MAX_SYMBOL_LENGTH * 2);
        String symbol = Instrument.symbolOf(sent).orElse(sent);
        String source = (document.get("feed") == null && !feed.isEmpty()) ? feed : document.text("feed", 32);
        try {
            return (symbol.isEmpty() || source.isEmpty()) ? null : new Instrument(source, symbol);
        }
        catch (IllegalArgumentException ex) {
            document.wrong("symbol",
                    "a symbol (%s) of a feed %s".formatted(Instrument.SYMBOL_RULE, Instrument.FEED_PATTERN));
            return null;
        }
    }

}
