package pregao.strategy.account;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.market.risk.Limits;
import pregao.strategy.document.Body;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;

/**
 * Reads limits as they are wished; what is missing stays.
 */
final class LimitsReading {

    private static final Bounds AMOUNT = Bounds.above0("1000000000", 8);

    private static final int MOST_GALES = 5;

    private LimitsReading() {
    }

    /**
     * Reads.
     * @param body as it came
     * @param before what is so far
     * @return checked
     * @throws pregao.http.problem.TroubleException 422 naming all that is wrong
     */
    static Limits read(JsonNode body, Limits before) {
        List<Wrong> wrong = new ArrayList<>();
        Document document = Document.of(body, "", wrong);
        BigDecimal stake = document.decimal("stake", AMOUNT, before.stake());
        BigDecimal exposure = document.decimal("exposure", AMOUNT, before.exposure());
        BigDecimal loss = document.decimal("daily_loss", AMOUNT, before.dailyLoss());
        BigDecimal drawdown = document.decimal("drawdown", AMOUNT, before.drawdown());
        long gales = document.whole("gales", 0, MOST_GALES, (long) before.gales());
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw Body.trouble(wrong).asException();
        }
        return new Limits(stake, exposure, loss, drawdown, (int) gales);
    }

}
