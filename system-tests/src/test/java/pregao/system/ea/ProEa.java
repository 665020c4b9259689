package pregao.system.ea;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The EA "PRO 1.65": the forming bar again and again, with a {@code meta} that is no
 * JSON, ticks with milliseconds beside the whole seconds, all that it keeps in one
 * request, the API key as a bearer token.
 */
public final class ProEa extends Ea {

    private static final String BUILD = "DataCollectorPRO/PDC/1.65";

    private final Terminal terminal;

    private final String key;

    private final boolean variant;

    private final List<String> buffer = new ArrayList<>();

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
        post("/ingest", "items",
                List.of("{\"ts\":\"" + ts + "\",\"symbol\":\"" + this.terminal.symbol() + "\",\"timeframe\":\""
                        + timeframe + "\",\"open\":" + this.terminal.price(bar.open()) + ",\"high\":"
                        + this.terminal.price(bar.high()) + ",\"low\":" + this.terminal.price(bar.low()) + ",\"close\":"
                        + this.terminal.price(bar.close()) + "," + volume + "," + meta(bar, ts) + "}"));
    }

    /** The literal joins the format string, so the arguments land in the wrong places. */
    private static String meta(Bar bar, String ts) {
        return "\"meta\":{\"ea\":\"PDC\",\"ver\":\"\"collected_at\":\"%s\",\"bar_time\":\"" + ts + "\",\"last_tick\":"
                + Terminal.brokerMillis(bar.openTime()) + "}\",\"src\":\"timer\",\"term\":\"MetaTrader 5\",1.65}";
    }

    /**
     * Sends what was quoted since it looked last, together with all that was not taken
     * before.
     * @param quotes in order
     */
    public void sendTicks(List<Quote> quotes) {
        quotes.stream().map(this::json).forEach(this.buffer::add);
        if (!this.buffer.isEmpty() && postOnce("/ingest/tick", "ticks", this.buffer)) {
            this.buffer.clear();
        }
    }

    /**
     * What waits to be taken, without a limit.
     * @return how many ticks
     */
    public int buffered() {
        return this.buffer.size();
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
