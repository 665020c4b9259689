package pregao.strategy.evidence;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pregao.strategy.job.Job;

/**
 * The state of an evidence report in a response.
 *
 * @param id the id of the report
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed} or
 * {@code cancelled}
 * @param stage the current stage
 * @param done the number of completed units
 * @param total the number of units in total; 0 while it is unknown
 * @param createdAt the time of the request
 * @param endedAt the time of the end
 * @param failure the reason of a failure
 * @param request the complete request
 * @param summary the short result
 * @param report the full report
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvidenceResponse(UUID id, String state, String stage, long done, long total, Instant createdAt,
        @Nullable Instant endedAt, @Nullable String failure, @JsonRawValue @Schema(type = "object") String request,
        @JsonRawValue @Schema(type = "object") @Nullable String summary,
        @JsonRawValue @Schema(type = "object") @Nullable String report) {

    static EvidenceResponse of(Job job, @Nullable String report) {
        return new EvidenceResponse(job.id(), job.state().name().toLowerCase(Locale.ROOT), job.stage(), job.done(),
                job.total(), job.createdAt(), job.endedAt(), job.failure(), job.request(), job.summary(), report);
    }

}
