package pregao.ingest.rejection;

import java.util.List;

import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Scheduled task that stores the counts of rejected items every second.
 */
@Component
class RejectionTask {

    private static final Logger log = LoggerFactory.getLogger(RejectionTask.class);

    private final RejectionLog rejectionLog;

    private final RejectionRepository repository;

    RejectionTask(RejectionLog rejectionLog, RejectionRepository repository) {
        this.rejectionLog = rejectionLog;
        this.repository = repository;
    }

    /**
     * Spring calls this method once and subscribes to the returned publisher every
     * second.
     * @return completes when the counts are stored, or kept for the next run
     */
    @Scheduled(fixedDelayString = "PT1S")
    Mono<Void> save() {
        return Mono.defer(this::saveCounts);
    }

    private Mono<Void> saveCounts() {
        List<RejectionCount> counts = this.rejectionLog.drain();
        if (counts.isEmpty()) {
            return Mono.empty();
        }
        return this.repository.add(counts).onErrorResume(R2dbcException.class, (failure) -> {
            this.rejectionLog.restore(counts);
            log.debug("{} counts of rejections are stored later: {}", counts.size(), failure.toString());
            return Mono.empty();
        });
    }

}
