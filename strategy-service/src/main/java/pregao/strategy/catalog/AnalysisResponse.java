package pregao.strategy.catalog;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import pregao.strategy.job.Job;

/**
 * The state of an analysis in a response.
 *
 * @param id the id of the analysis
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed} or
 * {@code cancelled}
 * @param stage the current stage in one word
 * @param done the number of instruments whose candles are read
 * @param total the number of instruments; 0 while it is unknown
 * @param createdAt the time of the request
 * @param startedAt the time of the start; null if the analysis has not started
 * @param endedAt the time of the end; null if the analysis has not ended
 * @param failure the reason of a failure; null without a failure
 * @param live whether the analysis is kept up to date
 * @param request the parameters of the analysis
 * @param summary the short result; null until the analysis is done
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
     * An analysis with its full result.
     *
     * @param item the state of the analysis
     * @param findings the result; null until the analysis is done
     */
    public record AnalysisDetailResponse(@JsonUnwrapped AnalysisResponse item, @Nullable AnalysisResult findings) {

    }

}
