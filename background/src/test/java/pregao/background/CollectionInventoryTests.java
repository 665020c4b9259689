package pregao.background;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every collection that outlives a request has a limit and an expiry, or a reason to need
 * none.
 */
class CollectionInventoryTests {

    private static final Pattern CONCURRENT = Pattern
        .compile("new\\s+(ConcurrentHashMap|ConcurrentLinkedQueue|ConcurrentLinkedDeque|ConcurrentSkipListMap"
                + "|ConcurrentSkipListSet|CopyOnWriteArrayList|CopyOnWriteArraySet|PriorityBlockingQueue|DelayQueue"
                + "|LinkedTransferQueue|WeakHashMap|IdentityHashMap)\\b|ConcurrentHashMap\\s*\\.\\s*newKeySet"
                + "|new\\s+LinkedBlocking(Queue|Deque)\\s*<[^>]*>\\s*\\(\\s*\\)|Collections\\s*\\.\\s*synchronized"
                + "|Sinks\\s*\\.\\s*many\\(\\)\\s*\\.\\s*(unicast|replay)\\(\\)\\s*\\.\\s*"
                + "(all\\(\\)|onBackpressureBuffer\\(\\s*\\))");

    private static final Pattern CACHE = Pattern
        .compile("(?s)Caffeine\\s*\\.\\s*newBuilder\\(\\).*?\\.\\s*(?:<[^>]*>\\s*)?build\\(");

    private static final Pattern SINGLETON = Pattern
        .compile("@(Component|Service|Repository|RestController|Controller|Configuration)\\b");

    private static final Pattern FIELD = Pattern
        .compile("(?m)^ {4}(?:(?:private|protected|public|static|final|volatile)\\s+)+"
                + "(?:Map|Set|List|Deque|Queue|NavigableMap|SortedMap|Collection)<[^;=(){}]*>\\s+\\w+\\s*=\\s*new\\s+"
                + "(?:HashMap|HashSet|LinkedHashMap|LinkedHashSet|TreeMap|TreeSet|ArrayDeque|ArrayList|LinkedList"
                + "|PriorityQueue)\\b");

    private static final Map<String, String> ALLOWED = Map.ofEntries( //
            Map.entry("BlockingExecutor.java",
                    "one for each person whose requests run or wait; removed with the last of them"),
            Map.entry("BucketGrid.java", "one for each day zone of a feed"),
            Map.entry("FeedRegistry.java", "one for each feed; a tombstone removes it"),
            Map.entry("FeedTableSyncTask.java", "one for each feed; removed once it is written"),
            Map.entry("FeedInstruments.java", "one for each instrument of a feed, up to its limit"),
            Map.entry("InFlightLimiter.java", "one for each request under way and its sender"),
            Map.entry("RejectionLog.java", "one for each reason, 5,000 at most; taken away every second"),
            Map.entry("ApiKeyRegistry.java", "one for each API key; a tombstone removes it"),
            Map.entry("LastPricePublisher.java", "one for each instrument, of which a feed has at most 5,000"),
            Map.entry("OrderDispatcher.java", "one for each order under way; removed at its end"),
            Map.entry("BrokerSessionRegistry.java",
                    "one for each account of this replica; its owner lets go of idle ones"),
            Map.entry("OrderPlacementService.java", "one for each order under way; removed at its end"),
            Map.entry("FeedStreamCoordinator.java", "one for each stream, which the settings bound"),
            Map.entry("ServiceTokens.java", "one for each service and operation"),
            Map.entry("BinanceSession.java", "an order is not placed twice, however late it is asked for"),
            Map.entry("BrokerRegistry.java", "one for each broker"), //
            Map.entry("FeedStreamSupervisor.java", "one for each broker"), //
            Map.entry("AesGcmEncryptor.java", "one for each key of the settings"),
            Map.entry("CircuitBreakerFilter.java", "one for each service behind the gateway"),
            Map.entry("ResponseTimeFilter.java", "routes times methods times statuses"),
            Map.entry("UpstreamForwarder.java", "one for each route"));

    @Test
    void boundsEveryCollectionThatOutlivesARequest() throws IOException {
        TreeSet<String> unboundedFiles = new TreeSet<>();
        for (SourceFile file : SourceFile.ofServices()) {
            boolean isSingleton = SINGLETON.matcher(file.code()).find() && FIELD.matcher(file.code()).find();
            if (isSingleton || CONCURRENT.matcher(file.code()).find() || hasUnboundedCache(file.code())) {
                unboundedFiles.add(file.name());
            }
        }
        assertThat(unboundedFiles)
            .as("A collection that only grows ends in an OutOfMemoryError. Use a Caffeine cache with a maximum and an "
                    + "expiry, or a queue with a capacity, or add the class here with what bounds it")
            .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    private static boolean hasUnboundedCache(String code) {
        Matcher cache = CACHE.matcher(code);
        while (cache.find()) {
            boolean isBounded = cache.group().contains("maximumSize") || cache.group().contains("maximumWeight");
            if (!isBounded || !cache.group().contains("expireAfter")) {
                return true;
            }
        }
        return false;
    }

}
