package pregao.ingest.tick;

import pregao.ingest.parser.ParsedTicks;
import pregao.ingest.parser.Rejection;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Factory for the exception thrown if no tick of a request is accepted.
 */
final class AllTicksRejectedException {

    private AllTicksRejectedException() {
    }

    static IngestException of(ParsedTicks ticks) {
        IngestException problem = IngestException
            .of(ProblemType.ALL_REJECTED, ticks.rejected().getFirst().rejection().reason())
            .member("received", ticks.size())
            .member("duplicates", 0)
            .member("rejected", ticks.rejected().size());
        for (ParsedTicks.RejectedTick rejected : ticks.rejected()) {
            Rejection rejection = rejected.rejection();
            problem.error(new IngestException.FieldError(rejected.index(), rejection.field(), rejection.expected(),
                    rejection.reason()));
        }
        return problem;
    }

}
