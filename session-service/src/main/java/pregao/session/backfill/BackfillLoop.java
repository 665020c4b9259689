package pregao.session.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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
import pregao.contracts.backfill.BackfillWish;
import pregao.session.broker.BrokerFailure;
import pregao.session.ingest.Posted;

/**
 * Reads wishes and has them answered, one of a feed at a time, while it goes on reading.
 * Its one thread owns all of it.
 */
final class BackfillLoop {

    private static final Logger log = LoggerFactory.getLogger(BackfillLoop.class);

    private static final Duration POLL = Duration.ofMillis(250);

    private static final Duration LATELY = Duration.ofMinutes(10);

    private static final int MOST_LATELY = 10_000;

    private final WishQueue queue = new WishQueue();

    private final Map<String, Work> working = new HashMap<>();

    private final Cache<BackfillWish, Boolean> lately = Caffeine.newBuilder()
        .maximumSize(MOST_LATELY)
        .expireAfterWrite(LATELY)
        .build();

    private final Consumer<String, byte[]> consumer;

    private final Answering answering;

    private final DeadLetters deadLetters;

    private final BackfillMeters meters;

    BackfillLoop(Consumer<String, byte[]> consumer, Answering answering, DeadLetters deadLetters,
            BackfillMeters meters) {
        this.consumer = consumer;
        this.answering = answering;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    void join() {
        this.consumer.subscribe(List.of(Topic.BACKFILL.topicName()), new Forgetting());
    }

    /** Polls once and does what there is to do. */
    void turn() {
        for (ConsumerRecord<String, byte[]> record : this.consumer.poll(POLL)) {
            take(record);
        }
        finish();
        begin();
        if (this.queue.isFull()) {
            this.consumer.pause(this.consumer.assignment());
        }
        else {
            this.consumer.resume(this.consumer.paused());
        }
        Map<TopicPartition, OffsetAndMetadata> progress = this.queue.progress();
        if (!progress.isEmpty()) {
            this.consumer.commitAsync(progress, null);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Optional<BackfillWish> wish = read(record);
        if (wish.isPresent() && !isAnsweredLately(wish.get())) {
            this.queue.add(partition, record.offset(), wish.get());
        }
        else {
            this.queue.skip(partition, record.offset());
        }
    }

    private Optional<BackfillWish> read(ConsumerRecord<String, byte[]> record) {
        try {
            BackfillWish wish = BackfillCodec.decode(record.value());
            return this.answering.feeds().contains(wish.instrument().feed()) ? Optional.of(wish) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            this.deadLetters.put(record, ex);
            return Optional.empty();
        }
    }

    private boolean isAnsweredLately(BackfillWish wish) {
        boolean known = this.lately.asMap().putIfAbsent(timeless(wish), true) != null;
        if (known) {
            this.meters.count(wish, "joined");
        }
        return known;
    }

    /** The same whenever it was wished. */
    private static BackfillWish timeless(BackfillWish wish) {
        return new BackfillWish(wish.instrument(), wish.timeframe(), wish.from(), wish.to(), 0);
    }

    private void begin() {
        Optional<WishQueue.Entry> entry = this.queue.next(this.working.keySet());
        while (entry.isPresent()) {
            BackfillWish wish = entry.get().wish();
            this.working.put(wish.instrument().feed(), new Work(entry.get(), this.answering.answer(wish).toFuture()));
            entry = this.queue.next(this.working.keySet());
        }
    }

    private void finish() {
        for (Work work : new ArrayList<>(this.working.values())) {
            if (work.answer().isDone()) {
                this.working.remove(work.entry().wish().instrument().feed());
                tell(work.entry().wish(), work.answer());
                this.queue.done(work.entry());
            }
        }
    }

    private void tell(BackfillWish wish, CompletableFuture<@Nullable Posted> answer) {
        try {
            Posted posted = Objects.requireNonNullElse(answer.join(), Posted.NOTHING);
            this.meters.answered(wish, posted);
            log.info("{} is filled: {}", shown(wish), posted);
        }
        catch (CompletionException ex) {
            boolean notTraded = ex.getCause() instanceof BrokerFailure failure
                    && failure.kind() == BrokerFailure.Kind.NO_SUCH_SYMBOL;
            this.meters.count(wish, notTraded ? "not_traded" : "given_up");
            if (!notTraded) {
                this.lately.invalidate(timeless(wish));
            }
            log.warn("{} is not filled: {}", shown(wish), String.valueOf(ex.getCause()));
        }
    }

    private static String shown(BackfillWish wish) {
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
    private record Work(WishQueue.Entry entry, CompletableFuture<@Nullable Posted> answer) {

    }

    /**
     * What happens when partitions go.
     */
    private final class Forgetting implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            BackfillLoop.this.queue.forget(partitions);
        }

    }

}
