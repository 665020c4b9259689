package pregao.ingest.instrument;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Scheduled task that stores new and changed instruments every second.
 */
@Component
class InstrumentTask {

    private final InstrumentRegistry registry;

    InstrumentTask(InstrumentRegistry registry) {
        this.registry = registry;
    }

    @Scheduled(fixedDelayString = "PT1S")
    Mono<Void> save() {
        return this.registry.save();
    }

}
