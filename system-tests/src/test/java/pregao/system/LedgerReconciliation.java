package pregao.system;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.assertj.core.api.SoftAssertions;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger beside what the brokers say: the same orders, each once, the same amounts,
 * the same money.
 */
final class LedgerReconciliation {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();

    private static final Map<String, BigDecimal> STEPS = Map.of("BTC", new BigDecimal("0.00001"), "ETH",
            new BigDecimal("0.0001"));

    /** An order that lies there is one or two at the broker, with names of their own. */
    private static final Pattern LEG = Pattern
        .compile("^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[st]$");

    private static final Map<String, BigDecimal> FIRST = Map.of("BTC", BigDecimal.ONE, "ETH", BigDecimal.TEN);

    private final SystemUnderTest system;

    private final SimulatedBrokers brokers;

    private final String binance;

    private final String polarium;

    LedgerReconciliation(SystemUnderTest system, SimulatedBrokers brokers, String binance, String polarium) {
        this.system = system;
        this.brokers = brokers;
        this.binance = binance;
        this.polarium = polarium;
    }

    /** How many orders are not over. */
    int open() {
        return Integer.parseInt(this.system.sql("""
                select count(*)::text from strategy.order_
                where state in ('new', 'sent', 'placed') or not told""").getFirst());
    }

    /** Where a desk and the table of positions do not say the same. */
    List<String> deskWithoutPosition() {
        return this.system
            .sql("""
                    select d.bot || ' ' || d.symbol || ' ' || d.state::text || ' ' || coalesce(p.amount::text, 'nothing')
                    from strategy.desk d join strategy.bot b on b.id = d.bot
                    left join strategy.position p on p.bot = d.bot and p.feed = d.feed and p.symbol = d.symbol
                    where case when b.kind = 'spot'
                      then coalesce((d.state #>> '{trader,position,quantity}')::numeric / 1e8,
                          (d.state #>> '{dust,quantity}')::numeric / 1e8, 0)
                        <> coalesce(p.amount, 0)
                      else coalesce((d.state #>> '{option,running,awaited}')::boolean, false) <> (p.bot is not null) end""");
    }

    void compare(SoftAssertions softly) {
        List<JsonNode> ledger = ledger();
        softly.assertThat(ledger)
            .as("an order that nobody looks after any more")
            .noneMatch((order) -> List.of("new", "sent", "placed").contains(state(order)));
        softly.assertThat(deskWithoutPosition()).as("desks and positions").isEmpty();
        spot(softly, of(ledger, this.binance));
        options(softly, of(ledger, this.polarium));
        exposure(softly);
    }

    private void spot(SoftAssertions softly, Map<String, JsonNode> ledger) {
        Map<String, JsonNode> there = new HashMap<>();
        for (JsonNode order : this.brokers.orders()) {
            String name = order.path("clientOrderId").asString();
            String id = LEG.matcher(name).replaceFirst("$1-$2-$3-$4-$5");
            JsonNode other = there.get(id);
            boolean isPair = other != null && !id.equals(name)
                    && other.path("orderListId").equals(order.path("orderListId"));
            softly.assertThat(other == null || isPair).as("order %s is there once", id).isTrue();
            boolean none = decimal(order.path("executedQty")).signum() == 0;
            boolean otherNone = other == null || decimal(other.path("executedQty")).signum() == 0;
            softly.assertThat(!isPair || none || otherNone).as("one of a pair is done, of %s", id).isTrue();
            if (!isPair || !none) {
                there.put(id, order);
            }
            softly.assertThat(ledger).as("an order that is only at the broker").containsKey(id);
        }
        Map<String, BigDecimal> balances = new TreeMap<>(FIRST);
        ledger.forEach((id, order) -> {
            BigDecimal done = decimal(there.getOrDefault(id, order).path("executedQty"));
            boolean filled = state(order).equals("filled");
            softly.assertThat(done.signum() > 0)
                .as("order %s is done: %s %s", id, order, there.get(id))
                .isEqualTo(filled);
            if (filled && there.containsKey(id)) {
                filled(softly, order, there.get(id));
                String asset = asset(order);
                BigDecimal amount = decimal(order.path("fill").path("amount"));
                balances.merge(asset, isBuy(order) ? amount : amount.negate(), BigDecimal::add);
            }
        });
        balances.forEach((asset, amount) -> {
            softly.assertThat(decimal(this.brokers.balance(asset).path("free")))
                .as("balance of %s", asset)
                .isEqualByComparingTo(amount);
            held(softly, asset, amount.subtract(FIRST.getOrDefault(asset, BigDecimal.ZERO)), ledger.values());
        });
    }

    /** What was bought net of the fee in its asset, and which way. */
    private static void filled(SoftAssertions softly, JsonNode order, JsonNode there) {
        BigDecimal net = decimal(there.path("executedQty"));
        if (isBuy(order)) {
            for (JsonNode fill : there.path("fills").values()) {
                net = net.subtract(decimal(fill.path("commission")));
            }
        }
        String id = order.path("id").asString();
        softly.assertThat(decimal(order.path("fill").path("amount"))).as("amount of %s", id).isEqualByComparingTo(net);
        softly.assertThat(there.path("side").asString()).as("side of %s", id).isEqualToIgnoringCase(side(order));
        softly.assertThat(there.path("symbol").asString())
            .as("symbol of %s", id)
            .isEqualTo(order.path("symbol").asString());
    }

    /** Positions are what was bought and not sold, also what is too little to sell. */
    private void held(SoftAssertions softly, String asset, BigDecimal bought, Iterable<JsonNode> orders) {
        BigDecimal held = new BigDecimal(this.system.sql("""
                select coalesce(sum(amount), 0)::text from strategy.position
                where account = ?::uuid and symbol = ?""", this.binance, asset + "USDT").getFirst());
        int sales = 0;
        for (JsonNode order : orders) {
            boolean sale = asset(order).equals(asset) && !isBuy(order) && !order.path("bot").isNull()
                    && state(order).equals("filled");
            sales += sale ? 1 : 0;
        }
        BigDecimal dust = bought.subtract(held);
        softly.assertThat(dust)
            .as("%s that is not in positions, after %d sales by bots", asset, sales)
            .isBetween(BigDecimal.ZERO, STEPS.getOrDefault(asset, BigDecimal.ZERO).multiply(BigDecimal.valueOf(sales)));
        System.out.printf("%s: positions %s, left over by %d sales of bots %s%n", asset, held.toPlainString(), sales,
                dust.toPlainString());
    }

    private void options(SoftAssertions softly, Map<String, JsonNode> ledger) {
        Map<Long, JsonNode> there = this.brokers.options()
            .stream()
            .collect(Collectors.toMap((option) -> option.path("id").asLong(), Function.identity()));
        Map<Long, JsonNode> settled = new HashMap<>();
        BigDecimal[] profit = { BigDecimal.ZERO };
        ledger.forEach((id, order) -> {
            if (state(order).equals("settled")) {
                long number = order.path("fill").path("brokerId").asLong(0);
                softly.assertThat(settled.put(number, order)).as("option %d has two orders", number).isNull();
                JsonNode option = there.get(number);
                softly.assertThat(option).as("option of %s", order).isNotNull();
                if (option != null) {
                    same(softly, order, option);
                    profit[0] = profit[0].add(decimal(order.path("fill").path("profit")));
                }
            }
        });
        there.forEach((number, option) -> softly.assertThat(settled)
            .as("an option that is only at the broker: %s", option)
            .containsKey(number));
        softly.assertThat(decimal(this.brokers.wallet().path("amount")))
            .as("play money")
            .isEqualByComparingTo(new BigDecimal(10_000).add(profit[0]));
    }

    private static void same(SoftAssertions softly, JsonNode order, JsonNode option) {
        String ours = "%s %s %s %s".formatted(order.path("symbol").asString(), side(order),
                decimal(order.path("amount")).stripTrailingZeros().toPlainString(),
                decimal(order.path("fill").path("profit")).stripTrailingZeros().toPlainString());
        String theirs = "%s %s %s %s".formatted(option.path("symbol").asString(), option.path("direction").asString(),
                decimal(option.path("stake")).stripTrailingZeros().toPlainString(),
                decimal(option.path("profit")).stripTrailingZeros().toPlainString());
        softly.assertThat(ours).as("order %s", order.path("id").asString()).isEqualTo(theirs);
    }

    /** What bots could not sell, and what was bought by hand, is worth what it cost. */
    private void exposure(SoftAssertions softly) {
        for (String account : List.of(this.binance, this.polarium)) {
            BigDecimal exposure = new BigDecimal(
                    this.system.sql("select exposure::text from strategy.account where id = ?::uuid", account)
                        .getFirst());
            BigDecimal worth = new BigDecimal(this.system.sql("""
                    select coalesce(sum(round(entry * amount, 8)), 0)::text from strategy.position
                    where account = ?::uuid""", account).getFirst());
            softly.assertThat(exposure).as("exposure of account %s", account).isEqualByComparingTo(worth);
        }
    }

    /**
     * What became of all orders.
     * @return a line for each broker
     */
    String table() {
        Map<String, String> names = Map.of(this.binance, "binance", this.polarium, "polarium");
        Map<String, Map<String, Long>> counts = ledger().stream()
            .collect(Collectors.groupingBy((order) -> names.getOrDefault(order.path("account").asString(), "other"),
                    TreeMap::new,
                    Collectors.groupingBy(LedgerReconciliation::outcome, TreeMap::new, Collectors.counting())));
        return "at binance %d orders, at polarium %d options; ledger %s".formatted(this.brokers.orders().size(),
                this.brokers.options().size(), counts);
    }

    private static String outcome(JsonNode order) {
        String by = order.path("bot").isNull() ? "by hand " : "bot ";
        String why = order.path("reason").asString();
        return by + state(order) + (state(order).matches("refused|rejected|not_sent|ambiguous") ? " " + why : "");
    }

    private List<JsonNode> ledger() {
        return this.system
            .sql("select to_jsonb(o)::text from strategy.order_ o where account in (?::uuid, ?::uuid)", this.binance,
                    this.polarium)
            .stream()
            .map(JSON::readTree)
            .toList();
    }

    private static Map<String, JsonNode> of(List<JsonNode> ledger, String account) {
        return ledger.stream()
            .filter((order) -> order.path("account").asString().equals(account))
            .collect(Collectors.toMap((order) -> order.path("id").asString(), Function.identity()));
    }

    private static String state(JsonNode order) {
        return order.path("state").asString();
    }

    private static String side(JsonNode order) {
        return order.path("side").asString();
    }

    private static boolean isBuy(JsonNode order) {
        return side(order).equals("buy");
    }

    private static String asset(JsonNode order) {
        return order.path("symbol").asString().replace("USDT", "");
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.isNumber() ? node.decimalValue()
                : node.isString() ? new BigDecimal(node.stringValue()) : BigDecimal.ZERO;
    }

}
