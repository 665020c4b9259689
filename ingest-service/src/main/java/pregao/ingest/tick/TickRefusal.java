package pregao.ingest.tick;

import pregao.ingest.ea.Rejection;
import pregao.ingest.ea.SentTicks;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * The answer where no tick of a request was taken.
 */
final class TickRefusal {

    private TickRefusal() {
    }

    static Problem of(SentTicks sent) {
        Problem problem = Problem.of(ProblemType.ALL_REJECTED, sent.refused().getFirst().rejection().reason())
            .number("received", sent.size())
            .number("duplicates", 0)
            .number("rejected", sent.refused().size());
        for (SentTicks.Refused each : sent.refused()) {
            Rejection rejection = each.rejection();
            problem.error(
                    new Problem.FieldError(each.index(), rejection.field(), rejection.expected(), rejection.reason()));
        }
        return problem;
    }

}
