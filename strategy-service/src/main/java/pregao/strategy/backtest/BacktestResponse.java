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
 * A backtest in a response.
 *
 * @param id the job id
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed} or {@code
 * cancelled}
 * @param stage the current stage
 * @param done the progress within the stage
 * @param total the total of the stage; 0 if unknown
 * @param createdAt the time of the request
 * @param startedAt the time of the start
 * @param endedAt the time of the end
 * @param failure the reason of the failure
 * @param request the request, in full
 * @param summary the key figures of the result
 * @param sha256 the SHA-256 of the text of the report, in hexadecimal
 * @param report the report; missing in lists
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
                job.summary(), (storedReport != null) ? storedReport.sha256() : null,
                (storedReport != null) ? storedReport.text() : null);
    }

    /**
     * The response to a list request.
     *
     * @param items the backtests, newest first, without reports
     */
    record BacktestsResponse(List<BacktestResponse> items) {

    }

}
