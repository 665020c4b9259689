package pregao.simulator.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Faults;
import pregao.simulator.Json;

/**
 * Where options are bought, and settled when they end.
 */
final class OptionEngine {

    private static final String POSITION = "position-changed";

    private static final String PORTFOLIO = "portfolio";

    /** At a start the numbers go on from the clock, by so many a second. */
    private static final long NUMBERS_A_SECOND = 10;

    private static final String SERVICE = "binary-options";

    private final Map<Long, Option> options = new TreeMap<>(Comparator.reverseOrder());

    private final PriorityQueue<ScheduledExpiry> due = new PriorityQueue<>(
            Comparator.comparingLong(ScheduledExpiry::millis));

    private final Market market;

    private final Wallets wallets;

    private final WebSocketSessionRegistry audience;

    private final Faults<Fault> faults;

    private final SimulatorClock clock;

    private long last;

    private long sold;

    OptionEngine(Market market, Wallets wallets, WebSocketSessionRegistry audience, Faults<Fault> faults,
            SimulatorClock clock) {
        this.market = market;
        this.wallets = wallets;
        this.audience = audience;
        this.faults = faults;
        this.clock = clock;
        this.last = clock.seconds() * NUMBERS_A_SECOND;
    }

    /**
     * Sells an option.
     * @param userId to whom
     * @param order the body of the call
     * @return the option, of which nobody was told yet
     * @throws RpcErrorException where it is not sold
     */
    Option open(long userId, JsonNode order) throws RpcErrorException {
        Asset asset = this.market.asset(order.path("active_id").asInt(0));
        OptionKind kind = OptionKind.numbered(order.path("option_type_id").asInt(0));
        Wallet wallet = this.wallets.of(userId, order.path("user_balance_id").asLong(0));
        BigDecimal stake = order.path("price").asDecimal(BigDecimal.ZERO);
        String direction = order.path("direction").asString("");
        if (asset == null) {
            throw new RpcErrorException(4000, "Active %d not found.".formatted(order.path("active_id").asInt(0)));
        }
        if (wallet == null) {
            throw RpcErrorException.of("user_balance_id", "must be one of your balances");
        }
        if (kind == null || !(direction.equals("call") || direction.equals("put"))) {
            throw RpcErrorException.of("option_type_id", "or direction is not known");
        }
        checkOpen(asset, order);
        checkStake(wallet, stake);
        long now = this.clock.millis();
        long expiry = kind.expiry(order.path("expired").asLong(0), order.path("expiration_size").asInt(0), now / 1000);
        if (expiry == 0) {
            throw (kind == OptionKind.BLITZ)
                    ? RpcErrorException.of("expiration_size", "expiration_size is not supported")
                    : RpcErrorException.of("expired", "there is no such expiration");
        }
        if (kind.isOver(expiry, now / 1000)) {
            throw new RpcErrorException(4000, "Time for purchasing options is over, please try again later.");
        }
        this.sold++;
        Option.Ticket ticket = new Option.Ticket(++this.last, userId, wallet.id(), asset, kind,
                direction.equals("call"), stake, 100 - this.market.commission(asset), now, expiry,
                this.market.price(asset));
        Option option = new Option(ticket, this.faults.strikes(Fault.OTHER_NUMBER) ? ++this.last : ticket.id());
        this.options.put(option.ticket().id(), option);
        this.due
            .add(new ScheduledExpiry(expiry * 1000 + this.faults.strike(Fault.LATE_RESULT).orElse(0) * 1000, option));
        this.wallets.add(wallet, stake.negate());
        return option;
    }

    void tellOpened(Option option) {
        tell(option, option.opened());
    }

    /**
     * Takes an option back that was sold.
     * @param option which
     */
    void reject(Option option) {
        Option.Ticket ticket = option.ticket();
        this.options.remove(ticket.id());
        this.due.removeIf((entry) -> entry.option() == option);
        credit(ticket, ticket.stake());
        this.audience.tell(ticket.userId(), SERVICE, "option-rejected",
                Json.object()
                    .put("option_id", ticket.id())
                    .put("reason", "rejected_by_risks")
                    .put("amount", ticket.stake().movePointRight(6)));
    }

    /**
     * Takes options back before their end, for half the stake.
     * @param userId whose
     * @param numbers of the options
     * @throws RpcErrorException where one of them cannot be sold
     */
    void sell(long userId, JsonNode numbers) throws RpcErrorException {
        List<Option> sold = new ArrayList<>();
        for (JsonNode number : numbers) {
            Option option = this.options.get(number.asLong(0));
            boolean isSellable = option != null && option.isOpen() && option.ticket().userId() == userId
                    && option.ticket().kind() != OptionKind.BLITZ;
            if (option == null || !isSellable) {
                throw new RpcErrorException(4000, "Unable to sell options");
            }
            sold.add(option);
        }
        for (Option option : sold) {
            this.due.removeIf((entry) -> entry.option().equals(option));
            credit(option.ticket(), option.sell(this.market.price(option.ticket().asset()), this.clock.millis()));
            tell(option, option.position());
        }
    }

    /**
     * What open positions are worth now.
     * @param userId whose
     * @param ids of the positions
     * @return as an event says it
     */
    ObjectNode worth(long userId, Set<String> ids) {
        ObjectNode message = Json.object().put("expires_in", 60).put("user_id", userId);
        ArrayNode states = message.putArray("positions");
        for (Option option : this.options.values()) {
            String id = option.position().path("id").asString("");
            if (option.isOpen() && option.ticket().userId() == userId && ids.contains(id)) {
                states.addObject()
                    .put("id", id)
                    .put("instrument_type", option.ticket().kind().text() + "-option")
                    .put("current_price", option.ticket().asset().decimal(this.market.price(option.ticket().asset())))
                    .put("quote_timestamp", this.clock.millis())
                    .put("sell_profit", option.ticket().halved())
                    .put("pnl", option.ticket().halved().subtract(option.ticket().stake()));
            }
        }
        return message;
    }

    /** Settles what has ended. */
    void settle() {
        long now = this.clock.millis();
        for (ScheduledExpiry next = this.due.peek(); next != null && next.millis() <= now; next = this.due.peek()) {
            this.due.remove();
            Option option = next.option();
            Option.Ticket ticket = option.ticket();
            credit(ticket, ended(option, this.market.price(ticket.asset(), ticket.expiry()), now));
            if (!this.faults.strikes(Fault.NO_RESULT)) {
                tell(option, this.faults.strikes(Fault.NO_PROFIT) ? option.withoutProfit() : option.position());
                this.audience.tell(ticket.userId(), SERVICE, "socket-option-closed", option.legacyClosed());
            }
            if (this.faults.strikes(Fault.STALE_VERSION)) {
                tell(option, option.opened());
            }
        }
    }

    private BigDecimal ended(Option option, long price, long now) {
        return this.faults.strikes(Fault.CANCELED) ? option.cancel(price, now)
                : option.close(price, now, this.faults.strike(Fault.REFUNDED).orElse(0));
    }

    /**
     * How many options were sold so far, the rejected ones too.
     * @return 0 or more
     */
    long sold() {
        return this.sold;
    }

    /**
     * Every option that was bought and not taken back, whoever bought it.
     * @return with {@code items}, the latest first
     */
    ObjectNode all() {
        ObjectNode objectNode = Json.object();
        ArrayNode items = objectNode.putArray("items");
        this.options.values().forEach((option) -> items.add(option.told()));
        return objectNode;
    }

    /**
     * The positions of a user.
     * @param userId whose
     * @param open whether the open ones, or else the closed ones
     * @return the latest first
     */
    List<ObjectNode> positions(long userId, boolean open) {
        List<ObjectNode> found = new ArrayList<>();
        for (Option option : this.options.values()) {
            if (option.ticket().userId() == userId && option.isOpen() == open) {
                found.add(option.position());
            }
        }
        return found;
    }

    private static void checkStake(Wallet wallet, BigDecimal stake) throws RpcErrorException {
        if (stake.compareTo(Asset.LEAST_STAKE) < 0 || stake.compareTo(Asset.MOST_STAKE) > 0) {
            throw RpcErrorException.of("price",
                    "must be between %s and %s".formatted(Asset.LEAST_STAKE, Asset.MOST_STAKE));
        }
        if (wallet.amount().compareTo(stake) < 0) {
            throw new RpcErrorException(4000, "Insufficient funds for this transaction.");
        }
    }

    private void checkOpen(Asset asset, JsonNode order) throws RpcErrorException {
        if (this.market.suspended(asset)) {
            throw new RpcErrorException(4119, "Cannot purchase an option (active is suspended)");
        }
        this.faults.strike(Fault.PAYOUT_MOVED)
            .ifPresent((percent) -> this.market.commission(asset, this.market.commission(asset) + (int) percent));
        int commission = this.market.commission(asset);
        if (order.has("profit_percent") && order.path("profit_percent").asInt(0) != 100 - commission) {
            ObjectNode message = Json.object()
                .put("message", "The option has not been purchased because of the profit rate change.");
            message.putObject("result")
                .putObject("actual_commission")
                .put("active_id", asset.id())
                .put("commission", commission)
                .put("option_type", "turbo");
            throw new RpcErrorException(4117, message);
        }
    }

    private void credit(Option.Ticket ticket, BigDecimal amount) {
        Wallet wallet = this.wallets.of(ticket.userId(), ticket.wallet());
        if (wallet != null) {
            this.wallets.add(wallet, amount);
        }
    }

    private void tell(Option option, ObjectNode position) {
        int times = this.faults.strikes(Fault.DUPLICATE_EVENT) ? 2 : 1;
        for (int time = 0; time < times; time++) {
            this.audience.tell(option.ticket().userId(), PORTFOLIO, POSITION, position);
        }
    }

    private record ScheduledExpiry(long millis, Option option) {

    }

}
