package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.parser.ParsedCandle;
import pregao.ingest.parser.Rejection;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Factory for the exception thrown if no candle of a request is accepted.
 */
final class AllCandlesRejectedException {

    private AllCandlesRejectedException() {
    }

    static IngestException of(List<ParsedCandle> candles) {
        List<Rejection> rejections = candles.stream()
            .map(ParsedCandle.Rejected.class::cast)
            .map(ParsedCandle.Rejected::rejection)
            .toList();
        IngestException problem = IngestException.of(ProblemType.ALL_REJECTED, rejections.getFirst().reason())
            .member("received", candles.size())
            .member("inserted", 0)
            .member("updated", 0)
            .member("duplicates", 0)
            .member("rejected", candles.size());
        for (int i = 0; i < rejections.size(); i++) {
            Rejection rejection = rejections.get(i);
            problem
                .error(new IngestException.FieldError(i, rejection.field(), rejection.expected(), rejection.reason()));
        }
        return problem;
    }

}
