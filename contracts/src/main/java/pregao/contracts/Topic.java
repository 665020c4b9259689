package pregao.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The table of topics. Its writers create a topic at their start.
 */
public enum Topic {

    /** Ticks of one instrument from one request. */
    TICK("tick", RecordKey.INSTRUMENT, Service.INGEST),
    /** A stored candle, or the forming M1. */
    CANDLE("candle", RecordKey.INSTRUMENT, Service.AGGREGATOR, Service.INGEST),
    /** A candle with its indicator values. */
    INDICATOR("indicator", RecordKey.INSTRUMENT, Service.INDICATORS),
    /** A strategy's decision, with reason and inputs. */
    SIGNAL("signal", RecordKey.USER, Service.STRATEGY),
    /** What happened to orders. */
    ORDER("order", RecordKey.USER, Service.STRATEGY),
    /** What was traded. */
    TRADE("trade", RecordKey.USER, Service.STRATEGY),
    /** What is held. */
    POSITION("position", RecordKey.USER, Service.STRATEGY),
    /** What becomes of orders at brokers. */
    EXECUTION_REPORT("execution-report", RecordKey.ACCOUNT, Service.SESSION),
    /** Broker sessions opened, lost, closed. */
    SESSION("session", RecordKey.USER, Service.SESSION),
    /** Logins that have ended before their tokens do. */
    LOGIN("login", RecordKey.LOGIN, Service.SESSION),
    /** Settings of feeds. */
    FEED("feed", RecordKey.NAME, Service.SESSION, Service.INGEST),
    /** Hashed API keys. */
    KEY("key", RecordKey.NAME, Service.SESSION, Service.INGEST),
    /** Please fetch candles of an instrument from … to …. */
    BACKFILL("backfill", RecordKey.INSTRUMENT, Service.STRATEGY, Service.INDICATORS);

    /** How long market topics are kept. */
    public static final Duration MARKET_RETENTION = Duration.ofDays(7);

    /** How long the ledger's events and dead letters are kept. */
    public static final Duration LEDGER_RETENTION = Duration.ofDays(30);

    /**
     * How long the end of a login is told, which is longer than any token of it is good.
     */
    public static final Duration LOGIN_RETENTION = Duration.ofHours(1);

    /** What a topic of dead letters has behind its name. */
    public static final String DEAD_LETTERS = ".dlt";

    private final String topicName;

    private final RecordKey key;

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable one
    private final List<Service> writers;

    Topic(String topicName, RecordKey key, Service... writers) {
        this.topicName = topicName;
        this.key = key;
        this.writers = List.of(writers);
    }

    /**
     * The name in Kafka.
     * @return the name
     */
    public String topicName() {
        return this.topicName;
    }

    /**
     * The topic of a name.
     * @param topicName in Kafka
     * @return the topic
     * @throws IllegalArgumentException where there is none
     */
    public static Topic named(String topicName) {
        return Arrays.stream(values())
            .filter((topic) -> topic.topicName.equals(topicName))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no topic " + topicName));
    }

    /**
     * The name of the topic for what cannot be decoded or stored.
     * @return the name
     */
    public String deadLetterTopic() {
        return this.topicName + DEAD_LETTERS;
    }

    /**
     * Who creates it and writes it; the first is the one it belongs to.
     * @return the services
     */
    public List<Service> writers() {
        return this.writers;
    }

    /**
     * What its records are keyed by.
     * @return the kind of key
     */
    public RecordKey key() {
        return this.key;
    }

    /**
     * Whether only the newest record of a key is kept, for ever.
     * @return true for settings
     */
    public boolean compacted() {
        return this.key == RecordKey.NAME;
    }

    /**
     * How long records are kept; without meaning where {@link #compacted()}.
     * @return the time
     */
    public Duration retention() {
        return switch (this.key) {
            case INSTRUMENT -> MARKET_RETENTION;
            case LOGIN -> LOGIN_RETENTION;
            case USER, ACCOUNT, NAME -> LEDGER_RETENTION;
        };
    }

    /**
     * How many partitions: one for what everybody reads whole, else what the installation
     * chose, which is the same for all, so that one replica has all of an instrument.
     * @param marketPartitions fixed at install
     * @return the number
     */
    public int partitions(int marketPartitions) {
        return (compacted() || this.key == RecordKey.LOGIN) ? 1 : marketPartitions;
    }

    /**
     * The topic with all its settings.
     * @param marketPartitions fixed at install
     * @param replication copies of each record
     * @return the definition, by which the topic is created and corrected
     */
    public TopicDefinition definition(int marketPartitions, int replication) {
        return compacted() ? TopicDefinition.compacted(this.topicName, partitions(marketPartitions), replication)
                : TopicDefinition.retained(this.topicName, partitions(marketPartitions), replication, retention());
    }

    /**
     * The topic for its dead letters with all its settings.
     * @param marketPartitions fixed at install
     * @param replication copies of each record
     * @return the definition, by which the topic is created and corrected
     */
    public TopicDefinition deadLetterDefinition(int marketPartitions, int replication) {
        return TopicDefinition.retained(deadLetterTopic(), partitions(marketPartitions), replication, LEDGER_RETENTION);
    }

    /**
     * The topics a service creates.
     * @param service a writer
     * @return its topics, in the order of the flow
     */
    public static List<Topic> writtenBy(Service service) {
        return Arrays.stream(values()).filter((topic) -> topic.writers.contains(service)).toList();
    }

    /**
     * What the records of a topic are keyed by.
     */
    public enum RecordKey {

        /** {@code feed|symbol}. */
        INSTRUMENT,
        /** The user's id. */
        USER,
        /** The broker account's id. */
        ACCOUNT,
        /** The login's id. */
        LOGIN,
        /** The feed's name, or the key's hash. */
        NAME

    }

    /**
     * The services that write topics, in the order of the flow.
     */
    public enum Service {

        /** Takes candles and ticks. */
        INGEST,
        /** Makes candles. */
        AGGREGATOR,
        /** Makes indicators. */
        INDICATORS,
        /** Decides and keeps the ledger. */
        STRATEGY,
        /** Users, keys, feeds and broker sessions. */
        SESSION

    }

}
