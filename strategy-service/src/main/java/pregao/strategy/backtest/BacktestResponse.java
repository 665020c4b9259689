package pregao.strategy.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pregao.strategy.job.Job;

/**
 * A backtest as it is told.
 *
 * @param id by which it is named
 * @param state waiting, running, done, failed or cancelled
 * @param stage what is being done
 * @param done how much is done
 * @param total of how much; 0 while nobody knows
 * @param createdAt when it was asked for
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param failure why it failed
 * @param request what was asked for, in full
 * @param summary what came of it in short
 * @param sha256 of the report's text
 * @param report what came of it; missing in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BacktestResponse(UUID id, String state, String stage, long done, long total, Instant createdAt,
        @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable String failure,
        @JsonRawValue @Schema(type = "object") String request,
        @JsonRawValue @Schema(type = "object") @Nullable String summary, @Nullable String sha256,
        @JsonRawValue @Schema(type = "object") @Nullable String report) {

    static BacktestResponse of(Job job, BacktestReportRepository.@Nullable StoredReport storedReport) {
        return new BacktestResponse(job.id(), job.state().name().toLowerCase(Locale.ROOT), job.stage(), job.done(),
                job.total(), job.createdAt(), job.startedAt(), job.endedAt(), job.failure(), job.request(),
                job.summary(), (storedReport != null) ? storedReport.sha256() : null, (storedReport != null) ? storedReport.text() : null);
    }

    /**
     * Several.
     *
     * @param items the newest first, without reports
     */
    record BacktestsResponse(List<BacktestResponse> items) {

    }

}
