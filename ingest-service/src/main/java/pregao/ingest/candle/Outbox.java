package pregao.ingest.candle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Topic;
import pregao.ingest.topic.Message;

/**
 * The table of what is stored and not published yet.
 */
final class Outbox {

    private static final String ADD = "insert into ingest.outbox (messages) values ($1) returning id";

    private static final String REMOVE = "delete from ingest.outbox where id = any($1)";

    private static final String OLDEST = """
            select id, messages from ingest.outbox where created_at < clock_timestamp() - $1::float8 * interval '1 ms'
            order by id limit $2 for update skip locked""";

    private Outbox() {
    }

    static Mono<Long> add(Connection connection, List<Message> messages) {
        return Flux.from(connection.createStatement(ADD).bind(0, encode(messages)).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
            .single();
    }

    static Mono<Long> remove(Connection connection, List<Long> ids) {
        return Flux.from(connection.createStatement(REMOVE).bind(0, ids.toArray(Long[]::new)).execute())
            .flatMap(Result::getRowsUpdated)
            .reduce(0L, Long::sum);
    }

    /**
     * Locks what a crash has left, and what somebody is about to publish not.
     * @param connection in a transaction
     * @param age how old a row must be
     * @param most how many rows
     * @return the rows, oldest first
     */
    static Flux<Row> oldest(Connection connection, Duration age, int most) {
        return Flux.from(connection.createStatement(OLDEST).bind(0, (double) age.toMillis()).bind(1, most).execute())
            .concatMap((result) -> result.map((row) -> new Row(Objects.requireNonNull(row.get(0, Long.class)),
                    decode(Objects.requireNonNull(row.get(1, byte[].class))))));
    }

    static byte[] encode(List<Message> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(messages.size() * 96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Message message : messages) {
                out.writeUTF(message.key());
                out.writeShort(message.value().length);
                out.write(message.value());
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    static List<Message> decode(byte[] bytes) {
        List<Message> messages = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                String key = in.readUTF();
                byte[] value = new byte[in.readUnsignedShort()];
                in.readFully(value);
                messages.add(new Message(Topic.CANDLE, key, value));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return messages;
    }

    /**
     * A row.
     *
     * @param id its number, rising
     * @param messages what is to be published, in this order
     */
    record Row(long id, List<Message> messages) {

        Row {
            messages = List.copyOf(messages);
        }

    }

}
