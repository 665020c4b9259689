package pregao.devcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.process.Ports;
import pregao.devcluster.process.Signal;
import pregao.devcluster.redis.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the three pieces that are not ours.
 */
class InfrastructureServersTests {

    @TempDir
    Path folder;

    @Test
    void kafkaKeepsItsTopicsThroughAKill() throws Exception {
        int port;
        try (LocalKafka kafka = LocalKafka.start(this.folder, 0)) {
            port = kafka.port();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(java.util.List.of(new NewTopic("kept", 1, (short) 1))).all().get();
            }
            Signal.KILL.send(kafka.pid());
        }
        try (LocalKafka kafka = LocalKafka.start(this.folder, port);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void postgresKeepsWhatItCommittedThroughAKill() throws Exception {
        int port;
        try (LocalPostgres postgres = LocalPostgres.start(this.folder, 0)) {
            port = postgres.port();
            try (var connection = postgres.connect(); var statement = connection.createStatement()) {
                statement.execute("create table market.kept as select 1 as one");
            }
            Signal.KILL.send(postgres.pid());
        }
        try (LocalPostgres postgres = LocalPostgres.start(this.folder, port);
                var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select one from kept")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void redisStartsAgainAfterAKill() {
        int port;
        try (LocalRedis redis = LocalRedis.start(this.folder, 0)) {
            port = redis.port();
            Signal.KILL.send(redis.pid());
        }
        try (LocalRedis redis = LocalRedis.start(this.folder, port)) {
            assertThat(redis.isAlive()).isTrue();
        }
    }

    @Test
    void eachIsTakenOverWhereItWasStartedInTheSameWay() throws Exception {
        try (LocalPostgres left = LocalPostgres.start(this.folder.resolve("postgres"), 0);
                LocalPostgres adopted = LocalPostgres.start(this.folder.resolve("postgres"), left.port());
                var connection = adopted.connect()) {
            assertThat(adopted.pid()).isEqualTo(left.pid());
            assertThat(connection.isValid(5)).isTrue();
            assertThat(LocalPostgres.running(this.folder.resolve("postgres"), Ports.free())).isEmpty();
        }
        try (LocalKafka left = LocalKafka.start(this.folder.resolve("kafka"), 0);
                LocalKafka adopted = LocalKafka.start(this.folder.resolve("kafka"), left.port())) {
            assertThat(adopted.pid()).isEqualTo(left.pid());
            assertThat(LocalKafka.running(this.folder.resolve("kafka"), Ports.free())).isEmpty();
        }
        try (LocalRedis left = LocalRedis.start(this.folder.resolve("redis"), 0);
                LocalRedis adopted = LocalRedis.start(this.folder.resolve("redis"), left.port())) {
            assertThat(adopted.pid()).isEqualTo(left.pid());
            assertThat(LocalRedis.running(this.folder.resolve("redis"), Ports.free())).isEmpty();
        }
    }

    @Test
    void postgresReplacesThePostmasterOfAKilledRun() throws Exception {
        LocalPostgres orphan = LocalPostgres.start(this.folder, 0);
        Files.delete(this.folder.resolve("postgres.pid")); // only its own lock file is
                                                           // left
        try (LocalPostgres postgres = LocalPostgres.start(this.folder, 0)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            try (var connection = postgres.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select current_setting('fsync'), current_setting("
                            + "'synchronous_commit'), current_setting('search_path')")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("on");
                assertThat(rows.getString(2)).isEqualTo("on");
                assertThat(rows.getString(3)).isEqualTo("\"$user\", market, public");
            }
        }
    }

}
