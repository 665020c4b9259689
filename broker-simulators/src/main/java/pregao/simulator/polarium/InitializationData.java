package pregao.simulator.polarium;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * What the broker trades, as a client asks for it first.
 */
final class InitializationData {

    private static final int DAY = 86_400;

    private final Market market;

    InitializationData(Market market) {
        this.market = market;
    }

    ObjectNode json() {
        ObjectNode objectNode = Json.object().put("currency", Wallet.CURRENCY);
        for (OptionKind kind : OptionKind.values()) {
            ObjectNode actives = objectNode.putObject(kind.text()).putObject("actives");
            for (Asset asset : this.market.assets()) {
                actives.set(String.valueOf(asset.id()), active(asset, kind));
            }
        }
        return objectNode;
    }

    private ObjectNode active(Asset asset, OptionKind kind) {
        boolean suspended = this.market.suspended(asset);
        ObjectNode active = Json.object()
            .put("id", asset.id())
            .put("name", "front." + asset.ticker())
            .put("ticker", asset.ticker())
            .put("enabled", true)
            .put("is_suspended", suspended)
            .put("deadtime", (kind == OptionKind.BLITZ) ? 0 : Asset.DEAD_TIME)
            .put("minimal_bet", Asset.LEAST_STAKE)
            .put("maximal_bet", Asset.MOST_STAKE)
            .put("precision", asset.precision());
        active.putArray("schedule").addArray().add(0).add(DAY * 36_500L);
        ObjectNode option = active.putObject("option").put("count", (kind == OptionKind.BINARY) ? 50 : 5);
        var times = option.putArray("expiration_times");
        switch (kind) {
            case BLITZ -> Asset.BLITZ_SIZES.forEach(times::add);
            case TURBO -> times.add(60);
            case BINARY -> times.add(900);
        }
        option.putObject("profit")
            .put("commission", this.market.commission(asset))
            .put("refund_min", 0)
            .put("refund_max", 0);
        return active;
    }

}
