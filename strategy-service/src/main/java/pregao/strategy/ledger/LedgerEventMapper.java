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
 * Maps changes of the ledger to the events that are published on Kafka.
 */
final class LedgerEventMapper {

    private LedgerEventMapper() {
    }

    static LedgerEvent toEvent(Order order, long changedAt) {
        @Nullable Fill fill = order.fill();
        return new LedgerEvent(order.owner().person(), Topic.ORDER,
                (eventId) -> OrderCodec.encode(new OrderEvent(order.id(), order.owner().person(),
                        order.owner().account().id(), order.owner().account().money().text(), order.owner().bot(),
                        order.instrument(), order.side().text(), order.amount(), order.level(), order.state().text(),
                        truncate(Objects.requireNonNullElse(order.message(), "")), (fill != null) ? fill.price() : null,
                        (fill != null) ? fill.profit() : null, changedAt, eventId)));
    }

    static LedgerEvent toEvent(ClosedTrade trade) {
        return new LedgerEvent(trade.owner().person(), Topic.TRADE,
                (eventId) -> TradeCodec.encode(new TradeEvent(trade.id(), trade.owner().person(),
                        trade.owner().account().id(), trade.owner().account().money().text(), trade.owner().bot(),
                        trade.instrument(), trade.side().text(), trade.openedAt(), trade.closedAt(), trade.entry(),
                        trade.exit(), trade.amount(), trade.level(), trade.fees(), trade.profit(), trade.reason(),
                        trade.ambiguous(), eventId)));
    }

    static LedgerEvent toEvent(PositionSnapshot position, long changedAt) {
        return new LedgerEvent(position.owner().person(), Topic.POSITION,
                (eventId) -> PositionCodec.encode(new PositionEvent(position.owner().person(),
                        position.owner().account().id(), position.owner().account().money().text(),
                        position.owner().bot(), position.instrument(), position.side().text(), position.openedAt(),
                        position.amount(), position.entry(), position.stop(), position.take(), changedAt, eventId)));
    }

    static LedgerEvent toEvent(Decision decision) {
        List<SignalEvent.Input> inputs = decision.inputs()
            .entrySet()
            .stream()
            .map((input) -> new SignalEvent.Input(input.getKey(), input.getValue()))
            .toList();
        return new LedgerEvent(decision.person(), Topic.SIGNAL,
                (eventId) -> SignalCodec.encode(new SignalEvent(decision.id(), decision.person(), "bot", decision.bot(),
                        decision.instrument(), decision.side(), decision.at(), decision.entry(),
                        truncate(decision.reason()), inputs, eventId)));
    }

    private static String truncate(String text) {
        return text.substring(0, Math.min(text.length(), 500));
    }

}
