package pregao.system.ea;

import java.net.URI;
import java.util.List;

/**
 * The EA "PRO 1.65": the forming bar again and again, ticks with milliseconds beside the
 * whole seconds, the API key as a bearer token.
 */
public final class ProEa extends Ea {

    /** The most ticks of its requests. */
    public static final int MOST_TICKS = 500;

    private static final String BUILD = "DataCollectorPRO/PDC/1.65";

    private final Terminal terminal;

    private final String key;

    private final boolean variant;

    /**
     * The EA on a chart.
     * @param base where the service is
     * @param key the API key
     * @param terminal the chart
     * @param variant whether it names the fields as its documents do in other places
     */
    public ProEa(URI base, String key, Terminal terminal, boolean variant) {
        super(base, true);
        this.key = key;
        this.terminal = terminal;
        this.variant = variant;
    }

    @Override
    protected String headers(int items, int request) {
        return "Accept: application/json\r\nAccept-Encoding: gzip, deflate\r\n"
                + "Content-Type: application/json\r\nConnection: keep-alive\r\nAuthorization: Bearer " + this.key
                + "\r\nX-Client-ReqId: 77aa-" + request + "\r\nX-Trace-Id: 4bf92f3577b34da6a3ce929d0e0e4736"
                + "\r\nX-Client-Items: " + items + "\r\nX-Client-Time: 2026.11.20 23:59:59\r\nX-Client-Build: " + BUILD
                + "\r\nUser-Agent: " + BUILD
                + " MetaTrader 5 Terminal/5.5330 (Windows NT 10.0; x64; account=50012345; server=Broker-Server)\r\n";
    }

    @Override
    protected boolean isSuccess(int status) {
        return super.isSuccess(status) || status == 409;
    }

    /**
     * Sends a bar as it is now.
     * @param timeframe of the bar
     * @param bar forming or closed; it does not say
     */
    public void sendBar(String timeframe, Bar bar) {
        String ts = Terminal.brokerTime(bar.openTime());
        String volume = this.variant ? "\"tick_volume\":" + bar.tickVolume()
                + ",\"real_volume\":0,\"spread\":9,\"source\":\"mt5\",\"ea_version\":\"1.65\","
                + "\"collection_mode\":\"timer\"" : "\"volume\":" + bar.tickVolume();
        post("/ingest", "items", List.of("{\"ts\":\"" + ts + "\",\"symbol\":\"" + this.terminal.symbol()
                + "\",\"timeframe\":\"" + timeframe + "\",\"open\":" + this.terminal.price(bar.open()) + ",\"high\":"
                + this.terminal.price(bar.high()) + ",\"low\":" + this.terminal.price(bar.low()) + ",\"close\":"
                + this.terminal.price(bar.close()) + "," + volume + ",\"meta\":{\"ea\":\"DataCollectorPRO\","
                + "\"ver\":\"1.65\",\"src\":\"CopyRates\",\"term\":\"MetaTrader 5\",\"collected_at\":\"" + ts
                + "\",\"bar_time\":\"" + ts + "\",\"last_tick\":" + Terminal.brokerMillis(bar.openTime()) + "}}"));
    }

    /**
     * Sends what was quoted since it looked last.
     * @param quotes in order
     */
    public void sendTicks(List<Quote> quotes) {
        for (int from = 0; from < quotes.size(); from += MOST_TICKS) {
            post("/ingest/tick", "ticks",
                    quotes.subList(from, Math.min(from + MOST_TICKS, quotes.size())).stream().map(this::json).toList());
        }
    }

    private String json(Quote quote) {
        long millis = Terminal.brokerMillis(quote.time());
        String time = this.variant ? "\"time\":" + millis / 1000 + ",\"time_msc\":" + millis
                : "\"ts\":\"" + Terminal.brokerTime(quote.time()) + "\",\"ts_msc\":" + millis;
        return "{" + time + ",\"symbol\":\"" + this.terminal.symbol() + "\",\"bid\":" + this.terminal.price(quote.bid())
                + ",\"ask\":" + this.terminal.price(quote.ask()) + ",\"last\":" + this.terminal.price(0)
                + ",\"volume\":0,\"flags\":6,\"digits\":" + this.terminal.digits() + ",\"spread\":"
                + this.terminal.price(quote.ask() - quote.bid())
                + ",\"meta\":{\"ea\":\"DataCollectorPRO\",\"ver\":\"1.65\"}}";
    }

}
