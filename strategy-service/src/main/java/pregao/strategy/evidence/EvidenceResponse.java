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
 * A report of evidence as it is told.
 *
 * @param id by which it is named
 * @param state waiting, running, done, failed or cancelled
 * @param stage what is being done
 * @param done how much is done
 * @param total of how much; 0 while nobody knows
 * @param createdAt when it was asked for
 * @param endedAt when it ended
 * @param failure why it failed
 * @param request what was asked for, in full
 * @param summary what came of it in short
 * @param report what came of it
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
