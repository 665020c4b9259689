package pregao.simulator.polarium;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * An option that somebody bought.
 */
final class Option {

    private static final List<String> PROFITS = List.of("pnl", "pnl_realized", "pnl_net");

    private final Ticket ticket;

    private final long number;

    private @Nullable OptionClose closing;

    /**
     * Creates an option. No client has been told of it yet.
     * @param ticket what was bought
     * @param number the option's own, as a rule that of the order that made it
     */
    Option(Ticket ticket, long number) {
        this.ticket = ticket;
        this.number = number;
    }

    Ticket ticket() {
        return this.ticket;
    }

    boolean isOpen() {
        return this.closing == null;
    }

    /**
     * Ends it.
     * @param price at the expiry, units
     * @param millis when, epoch milliseconds
     * @param refund percent of the stake that come back if it is lost
     * @return what goes back to the wallet
     */
    BigDecimal close(long price, long millis, long refund) {
        int move = Long.compare(price, this.ticket.strike());
        if (!this.ticket.call()) {
            move = -move;
        }
        String reason = (move > 0) ? "win" : (move < 0) ? "loose" : "equal";
        BigDecimal back = (move > 0) ? this.ticket.winning()
                : (move < 0) ? this.ticket.percent(refund) : this.ticket.stake();
        this.closing = new OptionClose(reason, price, millis, back);
        return back;
    }

    /**
     * Ends it as if it had never been bought.
     * @param price at that moment, units
     * @param millis when, epoch milliseconds
     * @return what goes back to the wallet
     */
    BigDecimal cancel(long price, long millis) {
        this.closing = new OptionClose("canceled", price, millis, this.ticket.stake());
        return this.ticket.stake();
    }

    /**
     * Ends it before its end.
     * @param price at that moment, units
     * @param millis when, epoch milliseconds
     * @return what goes back to the wallet
     */
    BigDecimal sell(long price, long millis) {
        this.closing = new OptionClose("sold", price, millis, this.ticket.halved());
        return this.ticket.halved();
    }

    /**
     * As a message about a position says it.
     * @return a tree
     */
    ObjectNode position() {
        Ticket bought = this.ticket;
        OptionClose end = this.closing;
        ObjectNode position = opened();
        if (end != null) {
            position.put("status", "closed")
                .put("version", 2)
                .put("close_reason", end.reason())
                .put("close_quote", bought.asset().decimal(end.price()))
                .put("close_time", end.millis())
                .put("close_profit", end.back())
                .put("sell_profit", end.back())
                .put("quote_timestamp", end.millis());
            for (String profit : PROFITS) {
                position.put(profit, end.back().subtract(bought.stake()));
            }
        }
        return position;
    }

    /**
     * As it is told by who does not know yet what it brought.
     * @return a tree
     */
    ObjectNode withoutProfit() {
        ObjectNode position = position().put("close_reason", "default");
        position.remove(PROFITS);
        position.remove(List.of("close_profit", "sell_profit"));
        return position;
    }

    /**
     * As it was told when it was bought.
     * @return a tree
     */
    ObjectNode opened() {
        Ticket bought = this.ticket;
        ObjectNode position = Json.object()
            .put("id", "00000000-0000-4000-8000-%012d".formatted(this.number))
            .put("external_id", this.number)
            .put("user_id", bought.userId())
            .put("user_balance_id", bought.wallet())
            .put("active_id", bought.asset().id())
            .put("instrument_type", bought.kind().text() + "-option")
            .put("source", "binary-options")
            .put("status", "open")
            .put("version", 1)
            .put("invest", bought.stake())
            .put("open_quote", bought.asset().decimal(bought.strike()))
            .put("open_time", bought.millis())
            .put("expected_profit", bought.winning())
            .put("sell_profit", bought.halved())
            .put("quote_timestamp", bought.millis());
        PROFITS.forEach((profit) -> position.put(profit, 0));
        ObjectNode changed = position.putObject("raw_event").putObject("binary_options_option_changed1");
        changed.putArray("order_ids").add(bought.id());
        changed.put("option_id", this.number)
            .put("direction", bought.direction())
            .put("amount", bought.stake())
            .put("expiration_time", bought.expiry());
        return position;
    }

    /**
     * As somebody outside the protocol sees it.
     * @return a tree
     */
    ObjectNode told() {
        Ticket bought = this.ticket;
        OptionClose end = this.closing;
        ObjectNode objectNode = Json.object()
            .put("id", bought.id())
            .put("user", bought.userId())
            .put("wallet", bought.wallet())
            .put("symbol", bought.asset().ticker())
            .put("direction", bought.direction())
            .put("stake", bought.stake())
            .put("millis", bought.millis())
            .put("expiry", bought.expiry())
            .put("open", end == null);
        return (end == null) ? objectNode : objectNode.put("profit", end.back().subtract(bought.stake()));
    }

    /**
     * As older clients are told of the end.
     * @return a tree
     */
    ObjectNode legacyClosed() {
        OptionClose end = this.closing;
        ObjectNode message = Json.object().put("id", this.ticket.id()).put("sum", this.ticket.stake());
        return (end == null) ? message : message.put("win", end.reason()).put("win_amount", end.back());
    }

    /**
     * What was bought.
     *
     * @param id the number of the order
     * @param userId whose
     * @param wallet from which it was paid
     * @param asset on what
     * @param kind turbo, binary or blitz
     * @param call whether it wins above the strike
     * @param stake what was paid
     * @param payout percent of the stake won
     * @param millis when, epoch milliseconds
     * @param expiry epoch seconds
     * @param strike units of the asset's last decimal
     */
    record Ticket(long id, long userId, long wallet, Asset asset, OptionKind kind, boolean call, BigDecimal stake,
            int payout, long millis, long expiry, long strike) {

        String direction() {
            return this.call ? "call" : "put";
        }

        BigDecimal halved() {
            return percent(50);
        }

        BigDecimal percent(long percent) {
            return this.stake.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_EVEN);
        }

        BigDecimal winning() {
            return this.stake.add(this.stake.multiply(BigDecimal.valueOf(this.payout, 2)))
                .setScale(2, RoundingMode.HALF_EVEN);
        }

    }

    private record OptionClose(String reason, long price, long millis, BigDecimal back) {

    }

}
