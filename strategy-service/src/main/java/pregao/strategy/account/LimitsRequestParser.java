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
 * Parses requests to update risk limits. Missing fields keep their current values.
 */
final class LimitsRequestParser {

    private static final DecimalRange AMOUNT_RANGE = DecimalRange.greaterThanZero("1000000000", 8);

    private static final int MAX_GALES = 5;

    private LimitsRequestParser() {
    }

    /**
     * Reads and validates limits.
     * @param body the JSON body
     * @param current the current limits
     * @return the new limits
     * @throws pregao.webapi.problem.ProblemException 422 with all field errors
     */
    static RiskLimits read(JsonNode body, RiskLimits current) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", errors);
        BigDecimal stake = document.decimal("stake", AMOUNT_RANGE, current.stake());
        BigDecimal exposure = document.decimal("exposure", AMOUNT_RANGE, current.exposure());
        BigDecimal dailyLoss = document.decimal("daily_loss", AMOUNT_RANGE, current.dailyLoss());
        BigDecimal drawdown = document.decimal("drawdown", AMOUNT_RANGE, current.drawdown());
        long gales = document.integer("gales", 0, MAX_GALES, (long) current.gales());
        document.rejectUnknownFields();
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new RiskLimits(stake, exposure, dailyLoss, drawdown, (int) gales);
    }

}
