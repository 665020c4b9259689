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
 * A consumer of backfill requests. It handles one request of a feed at a time and keeps
 * polling meanwhile. Requests of a feed without an open session wait until there is one.
 * Not thread-safe: one thread owns the consumer.
 */
final class BackfillConsumer {

    private static final Logger log = LoggerFactory.getLogger(BackfillConsumer.class);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(250);

    private static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(10);

    private static final int MAX_DEDUPLICATED = 10_000;

    private static final long SESSION_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BackfillQueue queue = new BackfillQueue();

    private final Map<String, PendingRequest> inFlight = new HashMap<>();

    /**
     * Feeds without a session, and when to check again, in {@link System#nanoTime} units.
     */
    private final Map<String, Long> parkedUntilNanos = new HashMap<>();

    private final Cache<BackfillRequest, Boolean> recentRequests = Caffeine.newBuilder()
        .maximumSize(MAX_DEDUPLICATED)
        .expireAfterWrite(DEDUPLICATION_WINDOW)
        .build();

    private final Consumer<String, byte[]> consumer;

    private final BackfillHandler handler;

    private final DeadLetterPublisher deadLetters;

    private final BackfillMetrics metrics;

    BackfillConsumer(Consumer<String, byte[]> consumer, BackfillHandler handler, DeadLetterPublisher deadLetters,
            BackfillMetrics metrics) {
        this.consumer = consumer;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    void subscribe() {
        this.consumer.subscribe(List.of(Topic.BACKFILL.topicName()), new RebalanceListener());
    }

    /**
     * Polls once, completes finished requests, starts pending ones, and commits offsets.
     */
    void pollOnce() {
        for (ConsumerRecord<String, byte[]> record : this.consumer.poll(POLL_TIMEOUT)) {
            enqueue(record);
        }
        completeFinished();
        startPending();
        Map<TopicPartition, OffsetAndMetadata> offsets = this.queue.drainCommittableOffsets();
        if (!offsets.isEmpty()) {
            this.consumer.commitAsync(offsets, null);
        }
    }

    private void enqueue(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Optional<BackfillRequest> request = decode(record);
        if (request.isEmpty() || isDuplicate(request.get())) {
            this.queue.skip(partition, record.offset());
        }
        else if (!this.queue.add(partition, record.offset(), request.get())) {
            // Otherwise the next request for the same candles would be skipped as a
            // duplicate.
            this.recentRequests.invalidate(withoutTimestamp(request.get()));
            this.metrics.recordOutcome(request.get(), "left_out");
        }
    }

    private Optional<BackfillRequest> decode(ConsumerRecord<String, byte[]> record) {
        try {
            BackfillRequest request = BackfillCodec.decode(record.value());
            return this.handler.feeds().contains(request.instrument().feed()) ? Optional.of(request) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            this.deadLetters.publish(record, ex);
            return Optional.empty();
        }
    }

    private boolean isDuplicate(BackfillRequest request) {
        boolean duplicate = this.recentRequests.asMap().putIfAbsent(withoutTimestamp(request), true) != null;
        if (duplicate) {
            this.metrics.recordOutcome(request, "joined");
        }
        return duplicate;
    }

    /**
     * Returns the request without its timestamp, so that equal requests compare as equal.
     */
    private static BackfillRequest withoutTimestamp(BackfillRequest request) {
        return new BackfillRequest(request.instrument(), request.timeframe(), request.from(), request.to(), 0);
    }

    private void startPending() {
        Set<String> busyFeeds = new HashSet<>(this.inFlight.keySet());
        this.parkedUntilNanos.forEach((feed, untilNanos) -> {
            if (System.nanoTime() - untilNanos < 0) {
                busyFeeds.add(feed);
            }
        });
        Optional<BackfillQueue.Entry> entry = this.queue.pollNext(busyFeeds);
        while (entry.isPresent()) {
            BackfillRequest request = entry.get().wish();
            this.inFlight.put(request.instrument().feed(),
                    new PendingRequest(entry.get(), this.handler.handle(request).toFuture()));
            busyFeeds.add(request.instrument().feed());
            entry = this.queue.pollNext(busyFeeds);
        }
    }

    private void completeFinished() {
        for (PendingRequest pending : new ArrayList<>(this.inFlight.values())) {
            if (pending.answer().isDone()) {
                String feed = pending.entry().wish().instrument().feed();
                this.inFlight.remove(feed);
                if (lacksSession(pending.answer())) {
                    park(feed, pending.entry());
                }
                else {
                    this.parkedUntilNanos.remove(feed);
                    recordOutcome(pending.entry().wish(), pending.answer());
                    this.queue.markDone(pending.entry());
                }
            }
        }
    }

    private static boolean lacksSession(CompletableFuture<?> result) {
        return result.isCompletedExceptionally() && result.exceptionNow() instanceof BrokerException brokerException
                && BackfillHandler.isNotConnected(brokerException);
    }

    private void park(String feed, BackfillQueue.Entry entry) {
        this.queue.putBack(entry);
        if (this.parkedUntilNanos.put(feed, System.nanoTime() + SESSION_CHECK_NANOS) == null) {
            log.info("backfill of feed {} waits until a session of its broker is open", feed);
        }
    }

    private void recordOutcome(BackfillRequest request, CompletableFuture<@Nullable IngestResult> future) {
        try {
            IngestResult result = Objects.requireNonNullElse(future.join(), IngestResult.NOTHING);
            this.metrics.recordResult(request, result);
            log.info("{} is filled: {}", describe(request), result);
        }
        catch (CompletionException ex) {
            boolean notTraded = ex.getCause() instanceof BrokerException brokerException
                    && brokerException.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
            this.metrics.recordOutcome(request, notTraded ? "not_traded" : "given_up");
            if (!notTraded) {
                this.recentRequests.invalidate(withoutTimestamp(request));
            }
            log.warn("{} is not filled: {}", describe(request), String.valueOf(ex.getCause()));
        }
    }

    private static String describe(BackfillRequest request) {
        return "%s %s from %s to %s".formatted(request.instrument().key(), request.timeframe(),
                Instant.ofEpochMilli(request.from()), Instant.ofEpochMilli(request.to()));
    }

    /** Cancels the requests that are in flight. */
    void cancelInFlight() {
        this.inFlight.values().forEach((pending) -> pending.answer().cancel(true));
    }

    /**
     * A request that is in flight.
     *
     * @param entry the request and its offset
     * @param answer the future result
     */
    private record PendingRequest(BackfillQueue.Entry entry, CompletableFuture<@Nullable IngestResult> answer) {

    }

    /**
     * A listener that drops the requests of revoked partitions.
     */
    private final class RebalanceListener implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("assigned {}", partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            BackfillConsumer.this.queue.dropPartitions(partitions);
        }

    }

}
