package pregao.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedCodec;
import pregao.contracts.key.ApiKey;
import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.testsupport.TestResources;

/**
 * Service on a real PostgreSQL and a real Kafka, with an HTTP client.
 */
final class IngestTestEnvironment implements AutoCloseable {

    static final String KEY = "a-key-for-tests";

    /** An API key with the scope read only. */
    static final String READER = "a-key-to-read";

    /** An API key with the scope for studies only. */
    static final String RESEARCHER = "a-key-to-study";

    /** An API key with the scope for trading only. */
    static final String TRADER = "a-key-to-trade";

    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();

    private final LocalPostgres postgres;

    private final Path kafkaFolder;

    private LocalKafka kafka;

    private final LoginSigner logins = new LoginSigner();

    private final ConfigurableApplicationContext service;

    private IngestTestEnvironment(LocalPostgres postgres, Path kafkaFolder, LocalKafka kafka) {
        this.postgres = postgres;
        this.kafkaFolder = kafkaFolder;
        this.kafka = kafka;
        this.service = startService();
    }

    static IngestTestEnvironment start() {
        Path folder = TestResources.folder("pregao-ingest");
        LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), 0);
        DatabaseCredentials owner = postgres.login("pregao_aggregator");
        Flyway.configure()
            .dataSource("jdbc:" + postgres.url(), owner.user(), owner.password())
            .schemas("market")
            .createSchemas(false)
            .locations("filesystem:../aggregator-service/src/main/resources/db/migration")
            .load()
            .migrate();
        Path kafkaFolder = folder.resolve("kafka");
        return new IngestTestEnvironment(postgres, kafkaFolder, LocalKafka.start(kafkaFolder, 0));
    }

    private ConfigurableApplicationContext startService() {
        List<String> settings = settings();
        SpringApplication application = new SpringApplicationBuilder(IngestService.class)
            .properties(settings.toArray(String[]::new))
            .build();
        return application.run(arguments().toArray(String[]::new));
    }

    /**
     * Returns the command line arguments for a service on this database and this Kafka.
     * @return arguments in the form {@code --name=value}
     */
    List<String> arguments() {
        return settings().stream().map((each) -> "--" + each).toList();
    }

    private List<String> settings() {
        DatabaseCredentials login = this.postgres.login("pregao_ingest");
        return List.of("server.port=0", "server.address=127.0.0.1", "management.server.port=0",
                "PREGAO_DATABASE_URL=" + this.postgres.url(), "PREGAO_DATABASE_USER=" + login.user(),
                "PREGAO_DATABASE_PASSWORD=" + login.password(), "PREGAO_KAFKA=" + this.kafka.bootstrapServers(),
                "pregao.jwks-url=" + this.logins.url(), "pregao.keys[0].hash=" + ApiKey.hash(KEY),
                "pregao.keys[0].owner=tester", "pregao.keys[0].scopes=ingest",
                "pregao.keys[1].hash=" + ApiKey.hash("athens"), "pregao.keys[1].owner=tester",
                "pregao.keys[1].feed=athens", "pregao.keys[2].hash=" + ApiKey.hash(READER),
                "pregao.keys[2].owner=tester", "pregao.keys[2].scopes=read",
                "pregao.keys[3].hash=" + ApiKey.hash(RESEARCHER), "pregao.keys[3].owner=tester",
                "pregao.keys[3].scopes=research", "pregao.keys[4].hash=" + ApiKey.hash(TRADER),
                "pregao.keys[4].owner=tester", "pregao.keys[4].scopes=trade", "pregao.feeds[0].name=athens",
                "pregao.feeds[0].clock=America/New_York+07:00");
    }

    LoginSigner logins() {
        return this.logins;
    }

    /** Assigns an owner to a feed, as session-service does. */
    void assignOwner(String feed, UUID owner) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafkaServers());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new ByteArraySerializer())) {
            Future<RecordMetadata> sent = producer
                .send(new ProducerRecord<>("feed", feed, FeedCodec.encode(Feed.named(feed), owner.toString())));
            producer.flush();
            sent.resultNow();
        }
    }

    void stopKafka() {
        this.kafka.close();
    }

    void startKafka() {
        this.kafka = LocalKafka.start(this.kafkaFolder, this.kafka.port());
    }

    LocalPostgres postgres() {
        return this.postgres;
    }

    String kafkaServers() {
        return this.kafka.bootstrapServers();
    }

    /** Returns the values of a topic with a key, in order. */
    List<byte[]> records(String topic, String key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafkaServers(), "client.id",
                UUID.randomUUID().toString());
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic)
                .stream()
                .map((partitionInfo) -> new TopicPartition(topic, partitionInfo.partition()))
                .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach((consumerRecord) -> {
                    if (consumerRecord.key().equals(key)) {
                        values.add(consumerRecord.value());
                    }
                });
            }
        }
        return values;
    }

    /** Returns the published events of an instrument's candles, in order. */
    List<CandleEvent> candles(String key) {
        return records("candle", key).stream().map(CandleCodec::decode).toList();
    }

    int port() {
        return this.service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Returns the metrics of the management port. */
    String metrics() {
        int port = this.service.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(20))).body();
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(20))
            .header("X-API-Key", KEY);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    void awaitReady() {
        await("the service is ready", () -> get("/readyz").statusCode() == 200);
    }

    /** Waits until the outbox is empty. */
    void awaitPublished() {
        await("the outbox is empty, with a Kafka that "
                + (this.kafka.isAlive() ? "runs" : "ended: " + this.kafka.tail()),
                () -> sql("select count(*) from ingest.outbox").equals(List.of("0")));
    }

    /**
     * Runs a query with the database user of the service.
     * @param query a query with one column
     * @return the values as texts
     */
    List<String> sql(String query) {
        DatabaseCredentials login = this.postgres.login("pregao_ingest");
        try (Connection connection = DriverManager.getConnection("jdbc:" + this.postgres.url(), login.user(),
                login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 90 s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @Override
    public void close() {
        this.service.close();
        this.logins.close();
        this.kafka.close();
        this.postgres.close();
    }

}
