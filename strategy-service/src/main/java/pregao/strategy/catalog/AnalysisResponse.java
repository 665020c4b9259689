package pregao.strategy.catalog;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import pregao.strategy.job.Job;

/**
 * An analysis as it is told.
 *
 * @param id by which it is named
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed} or
 * {@code cancelled}
 * @param stage what is being done, in a word
 * @param done of how many instruments the candles are read
 * @param total of how many; 0 while nobody knows
 * @param createdAt when it was asked for
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param failure why it failed
 * @param live whether it is kept up to date
 * @param request what is analysed
 * @param summary what came of it in short
 */
public record AnalysisResponse(UUID id, String state, String stage, long done, long total, Instant createdAt,
        @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable String failure, boolean live,
        AnalysisParameters request, AnalysisResult.@Nullable Summary summary) {

    static AnalysisResponse of(Job job, Analysis analysis, boolean live, AnalysisResult.@Nullable Summary summary) {
        return new AnalysisResponse(job.id(), job.state().name().toLowerCase(Locale.ROOT), job.stage(), job.done(),
                job.total(), job.createdAt(), job.startedAt(), job.endedAt(), job.failure(), live,
                AnalysisParameters.of(analysis), summary);
    }

    /**
     * An analysis with all that came of it.
     *
     * @param item how it stands
     * @param findings null until it is done
     */
    public record AnalysisDetailResponse(@JsonUnwrapped AnalysisResponse item, @Nullable AnalysisResult findings) {

    }

}
