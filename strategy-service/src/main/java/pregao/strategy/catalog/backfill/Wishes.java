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
import pregao.contracts.backfill.BackfillWish;

/**
 * Asks for missing candles.
 */
@Component
public class Wishes {

    private static final Logger log = LoggerFactory.getLogger(Wishes.class);

    private final WishTable table;

    private final WishPublisher publisher;

    private final WishSettings settings;

    Wishes(WishTable table, WishPublisher publisher, WishSettings settings) {
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
    public Set<Instrument> make(List<BackfillWish> all) {
        List<BackfillWish> wishes = all.stream()
            .sorted(Comparator.comparingLong((BackfillWish wish) -> wish.from() - wish.to()))
            .limit(this.settings.most())
            .toList();
        if (wishes.isEmpty()) {
            return Set.of();
        }
        List<BackfillWish> made = this.table.claim(wishes, this.settings.repeat());
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
