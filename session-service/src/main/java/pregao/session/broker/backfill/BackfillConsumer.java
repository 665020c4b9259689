package pregao.session.broker.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.ingest.IngestResult;

/**
 * Reads wishes and has them answered, one of a feed at a time, while it goes on reading.
 * The wishes of a feed without an open session wait until there is one. Its one thread
 * owns all of it.
 */
final class BackfillConsumer {

    private static final Logger log = LoggerFactory.getLogger(BackfillConsumer.class);

    private static final Duration POLL = Duration.ofMillis(250);

    private static final Duration LATELY = Duration.ofMinutes(10);

    private static final int MOST_LATELY = 10_000;

    private static final long PARKED = TimeUnit.SECONDS.toNanos(1);

    private final BackfillQueue queue = new BackfillQueue();

    private final Map<String, PendingRequest> working = new HashMap<>();

    /** Feeds without a session, and when to look again, by {@link System#nanoTime}. */
    private final Map<String, Long> parked = new HashMap<>();

    private final Cache<BackfillRequest, Boolean> lately = Caffeine.newBuilder()
        .maximumSize(MOST_LATELY)
        .expireAfterWrite(LATELY)
        .build();

    private final Consumer<String, byte[]> consumer;

    private final BackfillHandler answering;

    private final DeadLetterPublisher deadLetters;

    private final BackfillMetrics meters;

    BackfillConsumer(Consumer<String, byte[]> consumer, BackfillHandler answering, DeadLetterPublisher deadLetters,
            BackfillMetrics meters) {
        this.consumer = consumer;
        this.answering = answering;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    void join() {
        this.consumer.subscribe(List.of(Topic.BACKFILL.topicName()), new RebalanceListener());
    }

    /** Polls once and does what there is to do. */
    void turn() {
        for (ConsumerRecord<String, byte[]> record : this.consumer.poll(POLL)) {
            take(record);
        }
        finish();
        begin();
        Map<TopicPartition, OffsetAndMetadata> progress = this.queue.progress();
        if (!progress.isEmpty()) {
            this.consumer.commitAsync(progress, null);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Optional<BackfillRequest> wish = read(record);
        if (wish.isEmpty() || isAnsweredLately(wish.get())) {
            this.queue.skip(partition, record.offset());
        }
        else if (!this.queue.add(partition, record.offset(), wish.get())) {
            // Or the next request for the same candles would be skipped.
            this.lately.invalidate(timeless(wish.get()));
            this.meters.count(wish.get(), "left_out");
        }
    }

    private Optional<BackfillRequest> read(ConsumerRecord<String, byte[]> record) {
        try {
            BackfillRequest wish = BackfillCodec.decode(record.value());
            return this.answering.feeds().contains(wish.instrument().feed()) ? Optional.of(wish) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            this.deadLetters.publish(record, ex);
            return Optional.empty();
        }
    }

    private boolean isAnsweredLately(BackfillRequest wish) {
        boolean known = this.lately.asMap().putIfAbsent(timeless(wish), true) != null;
        if (known) {
            this.meters.count(wish, "joined");
        }
        return known;
    }

    /** The same whenever it was wished. */
    private static BackfillRequest timeless(BackfillRequest wish) {
        return new BackfillRequest(wish.instrument(), wish.timeframe(), wish.from(), wish.to(), 0);
    }

    private void begin() {
        Set<String> busy = new HashSet<>(this.working.keySet());
        this.parked.forEach((feed, until) -> {
            if (System.nanoTime() - until < 0) {
                busy.add(feed);
            }
        });
        Optional<BackfillQueue.Entry> entry = this.queue.next(busy);
        while (entry.isPresent()) {
            BackfillRequest wish = entry.get().wish();
            this.working.put(wish.instrument().feed(),
                    new PendingRequest(entry.get(), this.answering.answer(wish).toFuture()));
            busy.add(wish.instrument().feed());
            entry = this.queue.next(busy);
        }
    }

    private void finish() {
        for (PendingRequest work : new ArrayList<>(this.working.values())) {
            if (work.answer().isDone()) {
                String feed = work.entry().wish().instrument().feed();
                this.working.remove(feed);
                if (lacksSession(work.answer())) {
                    park(feed, work.entry());
                }
                else {
                    this.parked.remove(feed);
                    tell(work.entry().wish(), work.answer());
                    this.queue.done(work.entry());
                }
            }
        }
    }

    private static boolean lacksSession(CompletableFuture<?> answer) {
        return answer.isCompletedExceptionally() && answer.exceptionNow() instanceof BrokerException failure
                && BackfillHandler.isParked(failure);
    }

    private void park(String feed, BackfillQueue.Entry entry) {
        this.queue.putBack(entry);
        if (this.parked.put(feed, System.nanoTime() + PARKED) == null) {
            log.info("backfill of feed {} waits until a session of its broker is open", feed);
        }
    }

    private void tell(BackfillRequest wish, CompletableFuture<@Nullable IngestResult> answer) {
        try {
            IngestResult posted = Objects.requireNonNullElse(answer.join(), IngestResult.NOTHING);
            this.meters.answered(wish, posted);
            log.info("{} is filled: {}", shown(wish), posted);
        }
        catch (CompletionException ex) {
            boolean notTraded = ex.getCause() instanceof BrokerException failure
                    && failure.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
            this.meters.count(wish, notTraded ? "not_traded" : "given_up");
            if (!notTraded) {
                this.lately.invalidate(timeless(wish));
            }
            log.warn("{} is not filled: {}", shown(wish), String.valueOf(ex.getCause()));
        }
    }

    private static String shown(BackfillRequest wish) {
        return "%s %s from %s to %s".formatted(wish.instrument().key(), wish.timeframe(),
                Instant.ofEpochMilli(wish.from()), Instant.ofEpochMilli(wish.to()));
    }

    /** Lets go of what is under way. */
    void end() {
        this.working.values().forEach((work) -> work.answer().cancel(true));
    }

    /**
     * What is being answered.
     *
     * @param entry what and from where
     * @param answer when it is
     */
    private record PendingRequest(BackfillQueue.Entry entry, CompletableFuture<@Nullable IngestResult> answer) {

    }

    /**
     * What happens when partitions go.
     */
    private final class RebalanceListener implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            BackfillConsumer.this.queue.forget(partitions);
        }

    }

}
