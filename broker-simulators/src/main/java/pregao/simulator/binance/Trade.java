package pregao.simulator.binance;

import java.math.BigDecimal;

import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * A part of an order that was done.
 *
 * @param id of the trade
 * @param price for which
 * @param quantity in the base asset
 * @param commission what the broker took
 * @param commissionAsset in which asset
 * @param maker whether the order lay in the book before
 * @param time epoch milliseconds
 */
record Trade(long id, BigDecimal price, BigDecimal quantity, BigDecimal commission, String commissionAsset,
        boolean maker, long time) {

    BigDecimal value() {
        return this.price.multiply(this.quantity);
    }

    ObjectNode fill() {
        return Json.object()
            .put("price", Decimals.decimal(this.price))
            .put("qty", Decimals.decimal(this.quantity))
            .put("commission", Decimals.decimal(this.commission))
            .put("commissionAsset", this.commissionAsset)
            .put("tradeId", this.id);
    }

    ObjectNode json(Order order) {
        return Json.object()
            .put("symbol", order.pair().symbol())
            .put("id", this.id)
            .put("orderId", order.id())
            .put("orderListId", order.listId())
            .put("price", Decimals.decimal(this.price))
            .put("qty", Decimals.decimal(this.quantity))
            .put("quoteQty", Decimals.decimal(value()))
            .put("commission", Decimals.decimal(this.commission))
            .put("commissionAsset", this.commissionAsset)
            .put("time", this.time)
            .put("isBuyer", order.wish().buying())
            .put("isMaker", this.maker)
            .put("isBestMatch", true);
    }

}
