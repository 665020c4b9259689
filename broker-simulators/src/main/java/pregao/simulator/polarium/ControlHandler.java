package pregao.simulator.polarium;

import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.QueryStringDecoder;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;
import pregao.simulator.Query;

/**
 * How somebody outside the protocol steers the broker: by paths such as
 * {@code /control/faults/late_result?times=1&number=3}.
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
            case "drop" -> this.broker.audience().all().forEach(WebSocketSession::drop);
            case "clock" -> this.broker.clock().shift(query.number("millis", 0));
            case "code" -> this.broker.logins().code(query.text("code", this.broker.logins().code()));
            case "tokens" -> this.broker.logins().accessLife((int) query.number("life", 3600));
            case "logout" -> this.broker.logins().endAll();
            case "authorize" -> {
                return authorize(query);
            }
            case "assets" -> asset(which, query);
            case "options" -> {
                return this.broker.desk().all();
            }
            case "balances" -> {
                return this.broker.wallets().all();
            }
            case "state" -> {
            }
            default -> throw new IllegalArgumentException("there is no " + uri);
        }
        return state();
    }

    private ObjectNode authorize(Query query) {
        Account account = this.broker.logins().account(query.text("email", ""));
        if (account == null) {
            throw new IllegalArgumentException("nobody has this e-mail address");
        }
        return Json.object()
            .put("code", this.broker.logins()
                .grant(Logins.Purpose.AUTHORIZATION, account, query.text("code_challenge", "")));
    }

    private void asset(String which, Query query) {
        Asset asset = this.broker.market().asset(Integer.parseInt(which));
        if (asset == null) {
            throw new IllegalArgumentException("there is no asset " + which);
        }
        if (query.has("suspended")) {
            this.broker.market().suspend(asset, Boolean.parseBoolean(query.text("suspended", "true")));
        }
        if (query.has("commission")) {
            this.broker.market().commission(asset, (int) query.number("commission", 0));
        }
        if (query.has("closed_from")) {
            this.broker.market().pause(asset, query.number("closed_from", 0), query.number("closed_to", 0));
        }
        if (query.has("hidden_from")) {
            this.broker.candles().hide(asset, query.number("hidden_from", 0), query.number("hidden_to", 0));
        }
    }

    private ObjectNode state() {
        return Json.object()
            .put("connections", this.broker.audience().size())
            .put("connected", this.broker.audience().joined())
            .put("options", this.broker.desk().sold())
            .put("millis", this.broker.clock().millis())
            .put("code", this.broker.logins().code());
    }

}
