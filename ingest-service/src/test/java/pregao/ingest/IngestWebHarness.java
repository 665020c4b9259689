package pregao.ingest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.Scope;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;
import pregao.ingest.backpressure.InFlightLimiter;
import pregao.ingest.backpressure.InFlightProperties;
import pregao.ingest.candle.InMemoryCandleRepository;
import pregao.ingest.feed.FeedRegistry;
import pregao.ingest.key.ApiKeyRegistry;

/**
 * Web layer of the service on a loopback port. Fakes replace its outputs: an in-memory
 * producer, and a repository to which every candle is new.
 */
final class IngestWebHarness implements AutoCloseable {

    static final Instant NOW = Instant.parse("2025-10-20T03:10:00Z");

    static final String KEY = "key-of-mt5";

    static final String ATHENS_KEY = "key-of-athens";

    /** API key of a feed that builds candles from last trades. */
    static final String EXCHANGE_KEY = "key-of-exchange";

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final AnnotationConfigApplicationContext context;

    private final DisposableServer server;

    private IngestWebHarness(AnnotationConfigApplicationContext context, DisposableServer server) {
        this.context = context;
        this.server = server;
    }

    static IngestWebHarness open() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Fakes.class);
        ApiKeyRegistry keys = context.getBean(ApiKeyRegistry.class);
        put(keys, KEY, "mt5", Set.of(Scope.INGEST), false);
        put(keys, ATHENS_KEY, "athens", Set.of(Scope.INGEST), false);
        put(keys, "key-of-newyork", "newyork", Set.of(Scope.INGEST), false);
        put(keys, "key-of-reader", "mt5", Set.of(Scope.READ), false);
        put(keys, "key-revoked", "mt5", Set.of(Scope.INGEST), true);
        keys.markLoaded();
        context.getBean(FeedRegistry.class)
            .put("athens", new Feed("athens", PriceBasis.BID, FeedClock.parse("America/New_York+07:00"), FeedClock.UTC,
                    Feed.CLOSE_AFTER, TradingCalendar.FX, false), null);
        context.getBean(FeedRegistry.class)
            .put("newyork", new Feed("newyork", PriceBasis.BID, FeedClock.UTC,
                    FeedClock.parse("America/New_York+07:00"), Feed.CLOSE_AFTER, TradingCalendar.FX, false), null);
        put(keys, EXCHANGE_KEY, "exchange", Set.of(Scope.INGEST), false);
        context.getBean(FeedRegistry.class)
            .put("exchange", new Feed("exchange", PriceBasis.LAST, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER,
                    TradingCalendar.ALWAYS, false), null);
        var handler = new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.applicationContext(context).build());
        return new IngestWebHarness(context,
                HttpServer.create().host("127.0.0.1").port(0).handle(handler).bindNow(Duration.ofSeconds(30)));
    }

    private static void put(ApiKeyRegistry keys, String key, String feed, Set<Scope> scopes, boolean revoked) {
        ApiKey hashed = new ApiKey(ApiKey.hash(key), "tester", feed, scopes, revoked);
        keys.put(hashed.hash(), hashed);
    }

    /**
     * Makes the producer block, as it does if it waits for memory or metadata.
     * @param millis the duration of each call, milliseconds
     */
    void blockProducer(long millis) {
        this.context.getBean(SlowProducer.class).wait = millis;
    }

    int requestsUnderWay() {
        return this.context.getBean(InFlightLimiter.class).inFlightRequests();
    }

    InMemoryCandleRepository candles() {
        return this.context.getBean(InMemoryCandleRepository.class);
    }

    @SuppressWarnings("unchecked")
    List<TickBatch> ticks() {
        MockProducer<String, byte[]> producer = this.context.getBean(MockProducer.class);
        return producer.history().stream().map((sent) -> TickCodec.decode(sent.value())).toList();
    }

    void forget() {
        this.context.getBean(MockProducer.class).clear();
        candles().clear();
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of("X-API-Key", KEY, "Content-Type", "application/json"));
    }

    HttpResponse<String> post(String path, byte[] body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
        catch (java.io.IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    String url() {
        return "http://127.0.0.1:" + this.server.port();
    }

    @Override
    public void close() {
        this.server.disposeNow(Duration.ofSeconds(10));
        this.context.close();
    }

    /**
     * Without @Configuration, so that the component scan of the service does not find it
     * in tests.
     */
    @EnableWebFlux
    @ComponentScan(basePackages = "pregao.ingest",
            excludeFilters = @Filter(type = FilterType.REGEX,
                    pattern = { "pregao\\.ingest\\.[A-Z].*", "pregao\\.ingest\\.kafka\\.(CompactedTopicReader|Kafka.*)",
                            "pregao\\.ingest\\.candle\\.(CandleRepository|OutboxRelay|MarketSchemaHealthIndicator)",
                            "pregao\\.ingest\\.(instrument\\.Instrument|rejection\\.Rejection)Task" }))
    static class Fakes {

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        InFlightProperties limits() {
            return new InFlightProperties(256, DataSize.ofMegabytes(64), 5000, DataSize.ofMegabytes(4), 10_000,
                    DataSize.ofMegabytes(8), Duration.ofSeconds(10), DataSize.ofKilobytes(16));
        }

        /** Accepts no token. */
        @Bean
        ReactiveJwtDecoder tokens() {
            return (token) -> Mono.error(new BadJwtException("no login"));
        }

        @Bean(destroyMethod = "")
        Producer<String, byte[]> producer() {
            return new SlowProducer();
        }

        /** Fails like an unavailable database. */
        @Bean
        ConnectionFactory database() {
            return ConnectionFactories.get("r2dbc:postgresql://nobody@127.0.0.1:1/none");
        }

        @Bean
        InMemoryCandleRepository door(ConnectionFactory database) {
            return new InMemoryCandleRepository(database);
        }

        @Bean
        pregao.ingest.instrument.InstrumentProperties instrumentSettings() {
            return new pregao.ingest.instrument.InstrumentProperties(1000);
        }

        @Bean
        pregao.ingest.key.ApiKeyProperties keySettings() {
            return new pregao.ingest.key.ApiKeyProperties(List.of());
        }

        @Bean
        pregao.ingest.feed.FeedProperties feedSettings() {
            return new pregao.ingest.feed.FeedProperties(List.of());
        }

    }

    /**
     * In-memory producer that can block.
     */
    static final class SlowProducer extends MockProducer<String, byte[]> {

        private volatile long wait;

        SlowProducer() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
            if (this.wait > 0) {
                try {
                    Thread.sleep(this.wait);
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.send(message, callback);
        }

    }

}
