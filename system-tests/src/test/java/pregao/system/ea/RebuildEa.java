package pregao.system.ea;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * The EA "Rebuild": closed bars, ticks with whole seconds only, API key in its own
 * header.
 */
public final class RebuildEa extends Ea {

    /** The most ticks of its requests. */
    public static final int MOST_TICKS = 200;

    private static final String BUILD = "PDC-Rebuild/1.0";

    private final Terminal terminal;

    private final String key;

    private final String contentType;

    /**
     * The EA on a chart.
     * @param base where the service is
     * @param key the API key
     * @param terminal the chart
     * @param contentType as it is set up
     * @param trailingNul whether it posts the array with the zero at its end
     */
    public RebuildEa(URI base, String key, Terminal terminal, String contentType, boolean trailingNul) {
        super(base, trailingNul);
        this.key = key;
        this.terminal = terminal;
        this.contentType = contentType;
    }

    @Override
    protected String headers(int items, int request) {
        return "Accept-Encoding: gzip, deflate\r\nAccept-Language: pt,en;q=0.5\r\n" + "Content-Type: "
                + this.contentType + "\r\nAccept: application/json\r\nConnection: keep-alive\r\nX-API-Key: " + this.key
                + "\r\nX-Client-ReqId: 5f0c-" + request + "\r\nX-Client-Items: " + items
                + "\r\nX-Client-Time: 2026.11.20 23:59:59\r\nX-Client-Build: " + BUILD + "\r\nUser-Agent: " + BUILD
                + " (MetaTrader 5 build 5330; account 50012345; server Broker-Server; Windows NT 10.0; x64)\r\n";
    }

    /**
     * Sends closed bars, as at a scan or when it is put on the chart.
     * @param timeframe of the bars
     * @param bars closed
     */
    public void sendBars(String timeframe, List<Bar> bars) {
        post("/ingest", "items", bars.stream().map((bar) -> json(timeframe, bar)).toList());
    }

    private String json(String timeframe, Bar bar) {
        return "{\"ts\":\"" + Terminal.brokerTime(bar.openTime()) + "\",\"symbol\":\"" + this.terminal.symbol()
                + "\",\"timeframe\":\"" + timeframe + "\",\"open\":" + this.terminal.price(bar.open()) + ",\"high\":"
                + this.terminal.price(bar.high()) + ",\"low\":" + this.terminal.price(bar.low()) + ",\"close\":"
                + this.terminal.price(bar.close()) + ",\"volume\":" + bar.tickVolume() + "}";
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
        return "{\"ts\":\"" + Terminal.brokerTime(quote.time()) + "\",\"symbol\":\"" + this.terminal.symbol()
                + "\",\"bid\":" + this.terminal.price(quote.bid()) + ",\"ask\":" + this.terminal.price(quote.ask())
                + ",\"last\":" + this.terminal.price(0) + ",\"volume\":0,\"flags\":6,\"digits\":"
                + this.terminal.digits() + ",\"spread\":" + this.terminal.price(quote.ask() - quote.bid())
                + ",\"meta\":{\"ea\":\"PDC-Rebuild\",\"ver\":\"1.0\",\"collected_at\":\""
                + Instant.ofEpochMilli(quote.time()) + "\"}}";
    }

}
