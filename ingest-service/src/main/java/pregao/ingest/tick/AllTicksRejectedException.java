package pregao.ingest.tick;

import pregao.ingest.parser.ParsedTicks;
import pregao.ingest.parser.Rejection;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * The answer where no tick of a request was taken.
 */
final class AllTicksRejectedException {

    private AllTicksRejectedException() {
    }

    static IngestException of(ParsedTicks sent) {
        IngestException problem = IngestException
            .of(ProblemType.ALL_REJECTED, sent.refused().getFirst().rejection().reason())
            .member("received", sent.size())
            .member("duplicates", 0)
            .member("rejected", sent.refused().size());
        for (ParsedTicks.RejectedTick refused : sent.refused()) {
            Rejection rejection = refused.rejection();
            problem.error(new IngestException.FieldError(refused.index(), rejection.field(), rejection.expected(),
                    rejection.reason()));
        }
        return problem;
    }

}
