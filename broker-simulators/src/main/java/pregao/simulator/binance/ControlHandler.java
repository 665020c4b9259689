package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.QueryStringDecoder;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;
import pregao.simulator.Query;

/**
 * How somebody outside the protocol steers the broker: by paths such as
 * {@code /control/faults/partial_fill?times=1&number=50}.
 */
final class ControlHandler {

    private final SimulatedBroker broker;

    ControlHandler(SimulatedBroker broker) {
        this.broker = broker;
    }

    /**
     * Does what a path says.
     * @param uri path and query
     * @return how things are then
     * @throws IllegalArgumentException where it says nothing sensible
     */
    ObjectNode obey(String uri) {
        QueryStringDecoder decoder = new QueryStringDecoder(uri);
        Query query = new Query(decoder.parameters());
        List<String> path = List.of(decoder.path().substring(1).split("/"));
        String what = (path.size() > 1) ? path.get(1) : "";
        String which = (path.size() > 2) ? path.get(2) : "";
        switch (what) {
            case "faults" -> this.broker.faults()
                .arm(Fault.valueOf(which.toUpperCase(Locale.ROOT)), (int) query.number("times", 1),
                        query.number("number", 0));
            case "calm" -> this.broker.faults().clear();
            case "drop" -> this.broker.talks().all().forEach(WebSocketSession::drop);
            case "shutdown" -> this.broker.talks().all().forEach(WebSocketSession::sayShutdown);
            case "life" ->
                this.broker.life(new ConnectionLifetime(query.number("millis", ConnectionLifetime.DEFAULT.millis()),
                        query.number("ping_millis", ConnectionLifetime.DEFAULT.pingMillis())));
            case "clock" -> this.broker.clock().shift(query.number("millis", 0));
            case "reset" -> this.broker.reset();
            case "price" -> this.broker.prices().move(query.number("percent", 100));
            case "weight" -> this.broker.limits().most((int) query.number("most", 6000));
            case "halt" -> this.broker.publicCalls().halt(which, query.number("really", 1) == 1);
            case "revoke" -> revoke(which);
            case "fees" -> payFees(which.equals("bnb"), BigDecimal.valueOf(query.number("amount", 10)));
            case "orders" -> {
                return this.broker.desk().all();
            }
            case "accounts" -> {
                return this.broker.keys().all();
            }
            case "state" -> {
            }
            default -> throw new IllegalArgumentException("there is no " + uri);
        }
        return state();
    }

    /** Where fees are paid in BNB, everybody gets some. */
    private void payFees(boolean inBnb, BigDecimal amount) {
        this.broker.desk().fees().inBnb(inBnb);
        if (inBnb) {
            this.broker.keys().accounts().forEach((account) -> account.add("BNB", amount, BigDecimal.ZERO));
        }
    }

    private void revoke(String key) {
        Account account = this.broker.keys().account(key);
        if (account == null) {
            throw new IllegalArgumentException("nobody has this key");
        }
        account.revoke(true);
        this.broker.talks().all(WsApiSession.class).forEach((talk) -> talk.revoked(account));
    }

    private ObjectNode state() {
        WebSocketSessionRegistry talks = this.broker.talks();
        return Json.object()
            .put("connections", talks.all().size())
            .put("opened", talks.opened())
            .put("talkative", talks.talkative())
            .put("streams", talks.all(MarketStreamSession.class).stream().mapToInt(MarketStreamSession::streams).sum())
            .put("orders", this.broker.desk().size())
            .put("weight", this.broker.limits().used())
            .put("ignored", this.broker.limits().ignored())
            .put("millis", this.broker.clock().millis());
    }

}
