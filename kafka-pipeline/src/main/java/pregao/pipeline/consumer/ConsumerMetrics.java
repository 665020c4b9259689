package pregao.pipeline.consumer;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.pipeline.offset.LostRecords;

/**
 * The metrics of a consumer; their names start with {@code pregao.} and the name of the
 * service.
 */
public final class ConsumerMetrics implements LostRecords {

    private static final Logger log = LoggerFactory.getLogger(ConsumerMetrics.class);

    private final MeterRegistry registry;

    private final Counter ownerReplacements;

    private final Counter recoveries;

    private final Map<FailureKind, Counter> failures = new EnumMap<>(FailureKind.class);

    private final Counter lostRecords;

    private final DistributionSummary batchSize;

    private volatile double lag;

    /**
     * Registers the metrics.
     * @param registry the registry
     * @param service the service name in metric names, such as {@code aggregator}
     */
    public ConsumerMetrics(MeterRegistry registry, String service) {
        this.registry = registry;
        String prefix = "pregao." + service;
        this.ownerReplacements = registry.counter(prefix + ".owner.replaced");
        this.recoveries = registry.counter(prefix + ".recoveries");
        for (FailureKind kind : FailureKind.values()) {
            this.failures.put(kind,
                    registry.counter(prefix + ".failures", "kind", kind.name().toLowerCase(Locale.ROOT)));
        }
        this.lostRecords = registry.counter(prefix + ".records.lost");
        this.batchSize = registry.summary(prefix + ".batch.records");
        Gauge.builder(prefix + ".lag.records", this, (metrics) -> metrics.lag).register(registry);
    }

    void recordBatchSize(int records) {
        this.batchSize.record(records);
    }

    void countDeadLetter(String topic, String cause) {
        this.registry.counter("pregao.dead.letters", "topic", topic, "cause", cause).increment();
    }

    void countOwnerReplacement() {
        this.ownerReplacements.increment();
    }

    void countRecovery(FailureKind kind) {
        this.recoveries.increment();
        Objects.requireNonNull(this.failures.get(kind)).increment();
    }

    /**
     * Counts and logs records that a topic deleted before they were read. If the topic
     * ends before the stored offset, the number is unknown and one is counted.
     */
    @Override
    public void onRecordsLost(TopicPartition partition, long storedOffset, long firstOffset, long endOffset) {
        this.lostRecords.increment((double) Math.max(1, firstOffset - storedOffset));
        log.error("{} was to go on at offset {}, but the topic has {} to {}: records were lost, going on at {}",
                partition, storedOffset, firstOffset, endOffset, firstOffset);
    }

    void setLag(long records) {
        this.lag = records;
    }

}
