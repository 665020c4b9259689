package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;
import pregao.webapi.problem.FieldValidator;

/**
 * An order as it is asked for, and as it is kept.
 *
 * @param account from which account; elsewhere in the address
 * @param money {@code demo} or {@code real}
 * @param option what to buy, or
 * @param spot what to buy or sell
 * @param decidedAt when it was decided
 * @param validUntil after this it must not be sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlaceOrderRequest(@Nullable UUID account, @Nullable String money, @Nullable Option option, @Nullable Spot spot,
        @Nullable Instant decidedAt, @Nullable Instant validUntil) {

    private static final int LONGEST_SYMBOL = 32;

    private static final int DIGITS = 12;

    private static final int DECIMALS = 8;

    private static final int LONGEST_SECONDS = 86_400;

    /** So long before its end an order may be decided. */
    private static final Duration MAX_DURATION = Duration.ofMinutes(5);

    static PlaceOrderRequest of(BrokerOrder order) {
        String money = order.account().name().toLowerCase(Locale.ROOT);
        return switch (order) {
            case OptionOrder option -> new PlaceOrderRequest(null, money,
                    new Option(option.symbol(), option.direction().name().toLowerCase(Locale.ROOT), option.stake(),
                            (int) option.length().toSeconds(), option.payout()),
                    null, option.decidedAt(), option.validUntil());
            case SpotOrder spot -> new PlaceOrderRequest(
                    null, money, null, new Spot(spot.symbol(), spot.side().name().toLowerCase(Locale.ROOT),
                            spot.quantity(), spot.limit(), null, null, spot.after()),
                    spot.decidedAt(), spot.validUntil());
            case ProtectiveOrder resting -> new PlaceOrderRequest(null, money, null, new Spot(resting.symbol(), "sell",
                    resting.quantity(), resting.limit(), resting.stop(), resting.take(), null), resting.decidedAt(),
                    resting.validUntil());
        };
    }

    PlaceOrderRequest decided(Instant instant, Instant until) {
        return new PlaceOrderRequest(this.account, this.money, this.option, this.spot,
                Objects.requireNonNullElse(this.decidedAt, instant),
                Objects.requireNonNullElse(this.validUntil, until));
    }

    /**
     * The order.
     * @param id ours
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 with all that is wrong
     */
    BrokerOrder order(UUID id) {
        FieldValidator fields = new FieldValidator();
        TradingMode with = "real".equals(this.money) ? TradingMode.REAL : TradingMode.DEMO;
        fields.require(this.money != null && Arrays.asList("demo", "real").contains(this.money), "money",
                "demo or real");
        fields.require((this.option == null) != (this.spot == null), "option", "either option or spot");
        fields.require(this.decidedAt != null, "decided_at", "a moment such as 2026-01-31T12:00:00Z");
        fields.require(this.validUntil != null, "valid_until", "a moment such as 2026-01-31T12:00:05Z");
        Instant from = Objects.requireNonNullElse(this.decidedAt, Instant.EPOCH);
        Instant until = Objects.requireNonNullElse(this.validUntil, Instant.EPOCH);
        fields.require(!until.isBefore(from) && !until.isAfter(from.plus(MAX_DURATION)), "valid_until",
                "0 to %d seconds after decided_at".formatted(MAX_DURATION.toSeconds()));
        if (this.option != null) {
            this.option.check(fields);
        }
        if (this.spot != null) {
            this.spot.check(fields);
        }
        fields.check();
        return (this.option != null) ? this.option.order(id, with, from, until)
                : Objects.requireNonNull(this.spot).order(id, with, from, until);
    }

    private static void checkAmount(FieldValidator fields, String field, @Nullable BigDecimal value) {
        boolean right = value != null && value.signum() > 0 && value.precision() - value.scale() <= DIGITS
                && value.stripTrailingZeros().scale() <= DECIMALS;
        fields.require(right, field,
                "a number above 0, of %d digits and %d decimals at most".formatted(DIGITS, DECIMALS));
    }

    private static BigDecimal plain(@Nullable BigDecimal value) {
        BigDecimal stripped = Objects.requireNonNull(value).stripTrailingZeros();
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

    private static @Nullable BigDecimal plainOrNull(@Nullable BigDecimal value) {
        return (value != null) ? plain(value) : null;
    }

    /**
     * An option to buy.
     *
     * @param symbol on what
     * @param direction {@code call} or {@code put}
     * @param stake how much
     * @param seconds how long
     * @param payout percent of the stake that it must pay at least
     */
    record Option(@Nullable String symbol, @Nullable String direction, @Nullable BigDecimal stake,
            @Nullable Integer seconds, @Nullable Integer payout) {

        private void check(FieldValidator fields) {
            fields.text("option.symbol", this.symbol, LONGEST_SYMBOL);
            fields.require(Arrays.asList("call", "put").contains(this.direction), "option.direction", "call or put");
            checkAmount(fields, "option.stake", this.stake);
            int length = Objects.requireNonNullElse(this.seconds, 0);
            fields.require(length > 0 && length <= LONGEST_SECONDS && (length < 60 || length % 60 == 0),
                    "option.seconds", "seconds below a minute, or whole minutes, up to a day");
            int percent = Objects.requireNonNullElse(this.payout, 0);
            fields.require(percent > 0 && percent <= 1000, "option.payout", "percent of the stake, 1 to 1000");
        }

        private BrokerOrder order(UUID id, TradingMode account, Instant from, Instant until) {
            return new OptionOrder(id, account, Objects.requireNonNull(this.symbol),
                    Direction.valueOf(Objects.requireNonNull(this.direction).toUpperCase(Locale.ROOT)),
                    plain(this.stake), Duration.ofSeconds(Objects.requireNonNull(this.seconds)),
                    Objects.requireNonNull(this.payout), from, until);
        }

    }

    /**
     * An amount to buy or sell.
     *
     * @param symbol of what
     * @param side {@code buy} or {@code sell}
     * @param quantity how much, in the base asset
     * @param limit the worst price, or nothing for that of the market
     * @param stop it lies at the broker until the price falls to it; with a limit
     * @param take it lies at the broker until the price rises to it
     * @param after the order with a stop or a take that is ended first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Spot(@Nullable String symbol, @Nullable String side, @Nullable BigDecimal quantity,
            @Nullable BigDecimal limit, @Nullable BigDecimal stop, @Nullable BigDecimal take, @Nullable UUID after) {

        private void check(FieldValidator fields) {
            fields.text("spot.symbol", this.symbol, LONGEST_SYMBOL);
            fields.require(Arrays.asList("buy", "sell").contains(this.side), "spot.side", "buy or sell");
            checkAmount(fields, "spot.quantity", this.quantity);
            if (this.limit != null) {
                checkAmount(fields, "spot.limit", this.limit);
            }
            if (this.stop != null) {
                checkAmount(fields, "spot.stop", this.stop);
            }
            if (this.take != null) {
                checkAmount(fields, "spot.take", this.take);
            }
            boolean sells = "sell".equals(this.side);
            fields.require(sells || !rests(), "spot.side", "sell, with a stop or a take");
            fields.require(sells || this.after == null, "spot.side", "sell, after another order");
            fields.require(!rests() || (this.stop != null) == (this.limit != null), "spot.limit",
                    "with a stop, and with a take alone none");
            fields.require(!rests() || this.after == null, "spot.after", "nothing, with a stop or a take");
        }

        private boolean rests() {
            return this.stop != null || this.take != null;
        }

        private BrokerOrder order(UUID id, TradingMode account, Instant from, Instant until) {
            if (rests()) {
                return new ProtectiveOrder(id, account, Objects.requireNonNull(this.symbol), plain(this.quantity),
                        plainOrNull(this.stop), plainOrNull(this.limit), plainOrNull(this.take), from, until);
            }
            return new SpotOrder(id, account, Objects.requireNonNull(this.symbol),
                    Side.valueOf(Objects.requireNonNull(this.side).toUpperCase(Locale.ROOT)), plain(this.quantity),
                    plainOrNull(this.limit), this.after, from, until);
        }

    }

}
