package pregao.simulator.polarium;

import java.util.List;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * The calls that a client can make once it is let in.
 */
final class RpcHandler {

    private static final int REJECTION_MILLIS = 200;

    /** A position is told so long after the reply to its order. */
    private static final int EVENT_MILLIS = 20;

    private static final int MOST_POSITIONS = 100;

    private final SimulatedBroker broker;

    private final WebSocketSession conversation;

    RpcHandler(SimulatedBroker broker, WebSocketSession conversation) {
        this.broker = broker;
        this.conversation = conversation;
    }

    void call(Account account, String request, JsonNode message) {
        String name = message.path("name").asString("");
        JsonNode body = message.path("body");
        String bare = name.substring(name.lastIndexOf('.') + 1);
        if (bare.equals("open-option") && this.broker.faults().strikes(Fault.DROP_BEFORE_BOOKING)) {
            this.conversation.drop();
            return;
        }
        if (!this.conversation.acknowledge(request)) {
            return;
        }
        try {
            switch (bare) {
                case "get-features" -> reply(request, "features", features());
                case "get-profile" -> reply(request, "profile", this.broker.profile(account));
                case "get-available-balances" -> reply(request, "available-balances", availableBalances(account, body));
                case "get-balances" -> reply(request, "balances", balances(account, body));
                case "reset-training-balance" -> reset(account, body);
                case "get-initialization-data" ->
                    reply(request, "initialization-data", new InitializationData(this.broker.market()).json());
                case "get-candles" -> candles(request, body);
                case "get-first-candles" -> reply(request, "first-candles", firstCandles(body));
                case "open-option" -> open(account, request, body);
                case "sell-options" -> this.broker.desk().sell(account.userId(), body.path("options_ids"));
                case "subscribe-positions" -> this.conversation.watch(body.path("ids"));
                case "get-positions" -> reply(request, "positions", positions(account, true, body));
                case "get-history-positions" -> reply(request, "history-positions", positions(account, false, body));
                default -> aside(request, name, body);
            }
        }
        catch (RpcErrorException refusal) {
            this.conversation.reply(request, bare.equals("open-option") ? "option" : bare, refusal.status(),
                    refusal.message());
        }
    }

    private void aside(String request, String name, JsonNode body) throws RpcErrorException {
        AuxiliaryRpcHandler.RpcResponse answer = this.broker.aside()
            .answer(name.substring(name.lastIndexOf('.') + 1), body);
        if (answer == null) {
            throw new RpcErrorException(4004, "unknown call " + name);
        }
        reply(request, answer.name(), answer.message());
    }

    private void reply(String request, String name, JsonNode message) {
        this.conversation.reply(request, name, message);
    }

    private static ObjectNode features() {
        ObjectNode features = Json.object();
        var list = features.putArray("features");
        for (String name : List.of("client-sdk", "blitz-instrument", "turbo-instrument", "binary-instrument")) {
            list.addObject().put("name", name).put("status", "enabled");
        }
        list.addObject().put("name", "digital-instrument").put("status", "disabled");
        return features;
    }

    private ArrayNode availableBalances(Account account, JsonNode body) throws RpcErrorException {
        if (this.broker.faults().strikes(Fault.BALANCES_UNKNOWN)) {
            throw new RpcErrorException(4004, "unknown call");
        }
        return balances(account, body);
    }

    private ArrayNode balances(Account account, JsonNode body) {
        ArrayNode arrayNode = Json.array();
        JsonNode types = body.path("types_ids");
        for (JsonNode wallet : this.broker.wallets().list(account)) {
            boolean wanted = types.isEmpty();
            for (JsonNode type : types) {
                wanted |= type.asInt(0) == wallet.path("type").asInt(0);
            }
            if (wanted) {
                arrayNode.add(wallet);
            }
        }
        return arrayNode;
    }

    private void reset(Account account, JsonNode body) throws RpcErrorException {
        Wallet wallet = this.broker.wallets().of(account.userId(), body.path("user_balance_id").asLong(0));
        if (wallet == null || wallet.type() != Wallet.DEMO) {
            throw RpcErrorException.of("user_balance_id", "must be your training balance");
        }
        wallet.reset(body.path("amount").asDecimal(Wallets.PLAY_MONEY));
        this.broker.wallets().told(wallet);
    }

    private void candles(String request, JsonNode body) throws RpcErrorException {
        ObjectNode objectNode = Json.object();
        Asset asset = asset(body);
        int size = body.path("size").asInt(0);
        int count = body.path("count").asInt(Candles.MAX_COUNT);
        long now = this.broker.clock().seconds();
        long from = body.path("from").asLong(0);
        if (!Candles.SIZES.contains(size)) {
            throw RpcErrorException.of("size", "size is not supported");
        }
        if (count < 1 || count > Candles.MAX_COUNT) {
            throw RpcErrorException.of("count", "count must be less than or equal to 1000");
        }
        if (from > now) {
            throw RpcErrorException.of("from", "from must not be in the future");
        }
        var list = objectNode.putArray("candles");
        if (body.has("from_id")) {
            long fromId = body.path("from_id").asLong(0);
            long toId = body.path("to_id").asLong(fromId + Candles.MAX_COUNT);
            list.addAll(this.broker.candles().between(asset, size, fromId, toId));
        }
        else {
            boolean onlyClosed = body.path("only_closed").asBoolean(false);
            long to = body.path("to").asLong(now);
            list.addAll((from > 0) ? this.broker.candles().since(asset, size, from, to, count, onlyClosed)
                    : this.broker.candles().until(asset, size, to, count, onlyClosed));
        }
        long late = this.broker.faults().strike(Fault.SLOW_CANDLES).orElse(0);
        later(TimeUnit.SECONDS.toMillis(late), () -> reply(request, "candles", objectNode));
    }

    private ObjectNode firstCandles(JsonNode body) throws RpcErrorException {
        Asset asset = asset(body);
        ObjectNode first = Json.object();
        ObjectNode bySize = first.putObject("candles_by_size");
        for (int size : List.of(1, 5, 60, 300)) {
            bySize.set(String.valueOf(size), this.broker.candles().oldest(asset, size));
        }
        return first;
    }

    private Asset asset(JsonNode body) throws RpcErrorException {
        Asset asset = this.broker.market().asset(body.path("active_id").asInt(0));
        if (asset == null) {
            throw RpcErrorException.of("active_id", "active is not found");
        }
        return asset;
    }

    private void open(Account account, String request, JsonNode body) throws RpcErrorException {
        Option option = this.broker.desk().open(account.userId(), body);
        boolean early = this.broker.faults().strikes(Fault.EVENT_BEFORE_REPLY);
        if (early) {
            this.broker.desk().tellOpened(option);
        }
        if (this.broker.faults().strikes(Fault.DROP_BEFORE_REPLY)) {
            this.conversation.drop();
            return;
        }
        if (!this.broker.faults().strikes(Fault.NO_REPLY)) {
            reply(request, "option", bought(option));
        }
        if (this.broker.faults().strikes(Fault.DROP_AFTER_REPLY)) {
            this.conversation.drop();
        }
        if (!early) {
            long late = this.broker.faults().strike(Fault.LATE_EVENT).orElse(EVENT_MILLIS);
            later(late, () -> this.broker.desk().tellOpened(option));
        }
        if (this.broker.faults().strikes(Fault.OPTION_REJECTED)) {
            later(REJECTION_MILLIS, () -> this.broker.desk().reject(option));
        }
    }

    private static ObjectNode bought(Option option) {
        Option.Ticket ticket = option.ticket();
        return Json.object()
            .put("id", ticket.id())
            .put("user_id", ticket.userId())
            .put("price", ticket.stake())
            .put("exp", ticket.expiry())
            .put("created", ticket.millis() / 1000)
            .put("created_millisecond", ticket.millis())
            .put("time_rate", ticket.millis() / 1000)
            .put("type", ticket.kind().text())
            .put("act", ticket.asset().id())
            .put("direction", ticket.direction())
            .put("value", ticket.asset().decimal(ticket.strike()))
            .put("exp_value", ticket.asset().decimal(ticket.strike()).movePointRight(6).longValue())
            .put("profit_income", 100 + ticket.payout());
    }

    private ObjectNode positions(Account account, boolean open, JsonNode body) {
        ObjectNode objectNode = Json.object();
        var list = objectNode.putArray("positions");
        long wanted = body.path("external_id").asLong(0);
        int offset = body.path("offset").asInt(0);
        int limit = (int) Math.min(body.path("limit").asInt(100),
                this.broker.faults().strike(Fault.SHORT_PAGES).orElse(MOST_POSITIONS));
        List<ObjectNode> all = this.broker.desk()
            .positions(account.userId(), open)
            .stream()
            .filter((position) -> wanted == 0 || position.path("external_id").asLong(0) == wanted)
            .toList();
        all.stream().skip(offset).limit(limit).forEach(list::add);
        return objectNode.put("limit", limit).put("offset", offset).put("total", all.size());
    }

    private void later(long millis, Runnable task) {
        if (millis == 0) {
            task.run();
            return;
        }
        var _ = this.conversation.channel().eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

}
