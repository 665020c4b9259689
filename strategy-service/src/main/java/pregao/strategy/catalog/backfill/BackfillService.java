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
 * Asks for missing candles.
 */
@Component
public class BackfillService {

    private static final Logger log = LoggerFactory.getLogger(BackfillService.class);

    private final BackfillRequestRepository table;

    private final BackfillRequestPublisher publisher;

    private final BackfillProperties settings;

    BackfillService(BackfillRequestRepository table, BackfillRequestPublisher publisher, BackfillProperties settings) {
        this.table = table;
        this.publisher = publisher;
        this.settings = settings;
    }

    /**
     * Asks for what nobody has asked for lately; the largest holes where there are too
     * many.
     * @param all of one analysis, at one moment
     * @return the instruments for which was asked now; none where Kafka is away
     */
    public Set<Instrument> make(List<BackfillRequest> all) {
        List<BackfillRequest> wishes = all.stream()
            .sorted(Comparator.comparingLong((BackfillRequest wish) -> wish.from() - wish.to()))
            .limit(this.settings.maxRequests())
            .toList();
        if (wishes.isEmpty()) {
            return Set.of();
        }
        List<BackfillRequest> made = this.table.claim(wishes, this.settings.repeatAfter());
        try {
            this.publisher.publish(made);
        }
        catch (KafkaException ex) {
            log.warn("{} missing stretches are not asked for now: {}", made.size(), ex.toString());
            this.table.release(made);
            return Set.of();
        }
        Set<Instrument> asked = new HashSet<>();
        made.forEach((wish) -> asked.add(wish.instrument()));
        return asked;
    }

}
