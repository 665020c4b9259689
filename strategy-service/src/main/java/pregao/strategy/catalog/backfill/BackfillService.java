package pregao.strategy.catalog.backfill;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.backfill.BackfillRequest;

/**
 * Requests missing candles.
 */
@Component
public class BackfillService {

    private static final Logger log = LoggerFactory.getLogger(BackfillService.class);

    private final BackfillRequestRepository repository;

    private final BackfillRequestPublisher publisher;

    private final BackfillProperties properties;

    BackfillService(BackfillRequestRepository repository, BackfillRequestPublisher publisher,
            BackfillProperties properties) {
        this.repository = repository;
        this.publisher = publisher;
        this.properties = properties;
    }

    /**
     * Sends the requests that have not been sent lately. If there are too many, the
     * longest ranges win.
     * @param candidates the requests of one analysis, of one point in time
     * @return the instruments of the sent requests; empty if Kafka is unavailable
     */
    public Set<Instrument> requestMissing(List<BackfillRequest> candidates) {
        List<BackfillRequest> requests = candidates.stream()
            .sorted(Comparator.comparingLong((BackfillRequest request) -> request.from() - request.to()))
            .limit(this.properties.maxRequests())
            .toList();
        if (requests.isEmpty()) {
            return Set.of();
        }
        List<BackfillRequest> claimedRequests = this.repository.claim(requests, this.properties.repeatAfter());
        try {
            this.publisher.publish(claimedRequests);
        }
        catch (KafkaException ex) {
            log.warn("{} missing stretches are not asked for now: {}", claimedRequests.size(), ex.toString());
            this.repository.release(claimedRequests);
            return Set.of();
        }
        Set<Instrument> requestedInstruments = new HashSet<>();
        claimedRequests.forEach((request) -> requestedInstruments.add(request.instrument()));
        return requestedInstruments;
    }

}
