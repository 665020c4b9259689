package pregao.benchmark.gateway;

import java.time.Duration;
import java.util.Collections;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * A service that does nothing but answer, so that what stands before it is measured.
 */
public final class EchoUpstream {

    private static final String ITEM = "{\"ts\":\"2025-10-20T03:00:00Z\",\"open\":1.16543,\"high\":1.16552,"
            + "\"low\":1.1654,\"close\":1.1655,\"volume\":42}";

    private static final String BODY = "{\"items\":[" + String.join(",", Collections.nCopies(8, ITEM)) + "]}";

    private EchoUpstream() {
    }

    /**
     * Answers until it is stopped.
     * @param args the port
     */
    public static void main(String[] args) {
        HttpServer.create()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .handle((request, response) -> response.header("Content-Type", "application/json")
                .header("Content-Length", Integer.toString(BODY.length()))
                .sendString(Mono.just(BODY)))
            .bindNow(Duration.ofSeconds(60))
            .onDispose()
            .block();
    }

}
