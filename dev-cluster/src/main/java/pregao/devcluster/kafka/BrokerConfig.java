package pregao.devcluster.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of one broker that is its own controller, on the loopback address.
 *
 * @param data where its log directories are
 * @param port where clients connect
 * @param controllerPort where it talks to itself
 */
record BrokerConfig(Path data, int port, int controllerPort) {

    String text() {
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"), Map.entry("controller.quorum.voters", "1@127.0.0.1:" + this.controllerPort),
                Map.entry("listeners",
                        "BROKER://127.0.0.1:" + this.port + ",CONTROLLER://127.0.0.1:" + this.controllerPort),
                Map.entry("advertised.listeners", "BROKER://127.0.0.1:" + this.port),
                Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "BROKER"), Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", this.data.resolve("topics").toString()),
                Map.entry("auto.create.topics.enable", "false"), Map.entry("num.partitions", "4"),
                Map.entry("default.replication.factor", "1"), Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"), Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"), Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"), Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"), Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "2"), Map.entry("log.segment.bytes", "134217728"),
                Map.entry("message.max.bytes", "8388608"), Map.entry("replica.fetch.max.bytes", "8388608")));
        // After a kill the controller waits until the old session of the same broker has
        // run out: short, or the restart takes long.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("metadata.log.dir", this.data.resolve("metadata").toString());
        return settings.entrySet()
            .stream()
            .map((entry) -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
    }

}
