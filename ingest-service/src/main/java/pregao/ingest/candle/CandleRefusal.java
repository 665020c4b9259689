package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.ea.Rejection;
import pregao.ingest.ea.SentCandle;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * The answer where no candle of a request was taken.
 */
final class CandleRefusal {

    private CandleRefusal() {
    }

    static Problem of(List<SentCandle> sent) {
        List<Rejection> rejections = sent.stream()
            .map(SentCandle.Refused.class::cast)
            .map(SentCandle.Refused::rejection)
            .toList();
        Problem problem = Problem.of(ProblemType.ALL_REJECTED, rejections.getFirst().reason())
            .number("received", sent.size())
            .number("inserted", 0)
            .number("updated", 0)
            .number("duplicates", 0)
            .number("rejected", sent.size());
        for (int i = 0; i < rejections.size(); i++) {
            Rejection rejection = rejections.get(i);
            problem.error(new Problem.FieldError(i, rejection.field(), rejection.expected(), rejection.reason()));
        }
        return problem;
    }

}
