package pregao.strategy.account;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import pregao.market.risk.RiskLimits;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;

/**
 * Reads limits as they are wished; what is missing stays.
 */
final class LimitsRequestParser {

    private static final DecimalRange AMOUNT = DecimalRange.above0("1000000000", 8);

    private static final int MOST_GALES = 5;

    private LimitsRequestParser() {
    }

    /**
     * Reads.
     * @param body as it came
     * @param before what is so far
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static RiskLimits read(JsonNode body, RiskLimits before) {
        List<DocumentError> wrong = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", wrong);
        BigDecimal stake = document.decimal("stake", AMOUNT, before.stake());
        BigDecimal exposure = document.decimal("exposure", AMOUNT, before.exposure());
        BigDecimal loss = document.decimal("daily_loss", AMOUNT, before.dailyLoss());
        BigDecimal drawdown = document.decimal("drawdown", AMOUNT, before.drawdown());
        long gales = document.whole("gales", 0, MOST_GALES, (long) before.gales());
        document.noOthers();
        if (!wrong.isEmpty()) {
            throw JsonBody.trouble(wrong).asException();
        }
        return new RiskLimits(stake, exposure, loss, drawdown, (int) gales);
    }

}
