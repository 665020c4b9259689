package pregao.aggregator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;

import pregao.contracts.Topic;
import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.Database;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.postgres.TemporaryDatabase;
import pregao.testsupport.TestResources;

/**
 * PostgreSQL and Kafka, started once for all tests of a JVM. Each test uses feeds with
 * names of its own.
 */
public final class AggregatorTestEnvironment {

    public static final int PARTITIONS = 2;

    /**
     * The edition of the database; {@code none} is the bundled server without
     * TimescaleDB.
     */
    public static final String EDITION = System.getProperty("pregao.test.edition", "none");

    private static final Path FOLDER = TestResources.folder("aggregator-tests");

    private AggregatorTestEnvironment() {
    }

    public static Database postgres() {
        return PostgresHolder.POSTGRES;
    }

    public static DataSource database() {
        return PostgresHolder.DATABASE;
    }

    /** Returns connections of the service's role with an application name. */
    public static DataSource pool(String name) {
        database();
        return pool(postgres(), name);
    }

    public static DataSource pool(Database postgres, String name) {
        DatabaseCredentials login = postgres.login("pregao_aggregator");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:" + postgres.url() + "?ApplicationName=" + name);
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    public static void migrate(DataSource database) {
        Flyway.configure().dataSource(database).schemas("market").load().migrate();
    }

    public static LocalKafka kafka() {
        return KafkaHolder.KAFKA;
    }

    private static final class PostgresHolder {

        static final Database POSTGRES = server();

        static final DataSource DATABASE = migrated();

        private static Database server() {
            Database server = EDITION.equals("none") ? LocalPostgres.start(FOLDER.resolve("postgres"), 0)
                    : TemporaryDatabase.make(System.getenv());
            return TestResources.close(server);
        }

        private static DataSource migrated() {
            DataSource database = pool(POSTGRES, "tests");
            migrate(database);
            return database;
        }

    }

    private static final class KafkaHolder {

        static final LocalKafka KAFKA = started();

        private static LocalKafka started() {
            LocalKafka kafka = TestResources.close(LocalKafka.start(FOLDER.resolve("kafka"), 0));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                List<NewTopic> topics = List.of(topic(Topic.TICK.topicName()), topic(Topic.CANDLE.topicName()),
                        topic(Topic.TICK.deadLetterTopic()), topic(Topic.CANDLE.deadLetterTopic()),
                        new NewTopic(Topic.FEED.topicName(), 1, (short) 1));
                admin.createTopics(topics).all().get(60, TimeUnit.SECONDS);
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
            return kafka;
        }

        private static NewTopic topic(String name) {
            return new NewTopic(name, PARTITIONS, (short) 1);
        }

    }

}
