package pregao.strategy.ledger;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Topic;
import pregao.contracts.order.OrderCodec;
import pregao.contracts.order.OrderEvent;
import pregao.contracts.position.PositionCodec;
import pregao.contracts.position.PositionEvent;
import pregao.contracts.signal.SignalCodec;
import pregao.contracts.signal.SignalEvent;
import pregao.contracts.trade.TradeCodec;
import pregao.contracts.trade.TradeEvent;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.outbox.LedgerEvent;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.Decision;
import pregao.strategy.trade.ClosedTrade;

/**
 * What happened, as it is told on the topics.
 */
final class LedgerEventMapper {

    private LedgerEventMapper() {
    }

    static LedgerEvent of(Order order, long at) {
        @Nullable Fill fill = order.fill();
        return new LedgerEvent(order.owner().person(), Topic.ORDER,
                (place) -> OrderCodec.encode(new OrderEvent(order.id(), order.owner().person(),
                        order.owner().account().id(), order.owner().account().money().text(), order.owner().bot(),
                        order.instrument(), order.side().text(), order.amount(), order.level(), order.state().text(),
                        bounded(Objects.requireNonNullElse(order.message(), "")), (fill != null) ? fill.price() : null,
                        (fill != null) ? fill.profit() : null, at, place)));
    }

    static LedgerEvent of(ClosedTrade trade) {
        return new LedgerEvent(trade.owner().person(), Topic.TRADE,
                (place) -> TradeCodec.encode(new TradeEvent(trade.id(), trade.owner().person(),
                        trade.owner().account().id(), trade.owner().account().money().text(), trade.owner().bot(),
                        trade.instrument(), trade.side().text(), trade.openedAt(), trade.closedAt(), trade.entry(),
                        trade.exit(), trade.amount(), trade.level(), trade.fees(), trade.profit(), trade.reason(),
                        trade.ambiguous(), place)));
    }

    static LedgerEvent of(PositionSnapshot held, long at) {
        return new LedgerEvent(held.owner().person(), Topic.POSITION,
                (place) -> PositionCodec.encode(new PositionEvent(held.owner().person(), held.owner().account().id(),
                        held.owner().account().money().text(), held.owner().bot(), held.instrument(),
                        held.side().text(), held.openedAt(), held.amount(), held.entry(), held.stop(), held.take(), at,
                        place)));
    }

    static LedgerEvent of(Decision decision) {
        List<SignalEvent.Input> inputs = decision.inputs()
            .entrySet()
            .stream()
            .map((input) -> new SignalEvent.Input(input.getKey(), input.getValue()))
            .toList();
        return new LedgerEvent(decision.person(), Topic.SIGNAL,
                (place) -> SignalCodec.encode(new SignalEvent(decision.id(), decision.person(), "bot", decision.bot(),
                        decision.instrument(), decision.side(), decision.at(), decision.entry(),
                        bounded(decision.reason()), inputs, place)));
    }

    private static String bounded(String text) {
        return text.substring(0, Math.min(text.length(), 500));
    }

}
