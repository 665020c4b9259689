package pregao.system.ea;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The EA "Rebuild": bars without a mark, ticks with whole seconds only, API key in its
 * own header. It posts the whole buffer of ticks in one request and keeps it until it is
 * taken; after 15 failures in a row it pauses and never goes on.
 */
public final class RebuildEa extends Ea {

    /** The most ticks it keeps; then the oldest are lost. */
    public static final int BUFFER = 5000;

    /** So many failures in a row pause it. */
    public static final int FAILURES = 15;

    private static final String BUILD = "PDC-Rebuild/1.0";

    private final Terminal terminal;

    private final String key;

    private final String contentType;

    private final Deque<String> buffer = new ArrayDeque<>();

    private int failures;

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
     * Sends bars without a mark, as at a scan or when it is put on the chart. Its setting
     * says that they are closed; the array is filled oldest first, so that the last one
     * still forms.
     * @param timeframe of the bars
     * @param bars as they are now
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
     * Sends what was quoted since it looked last, together with all that was not taken
     * before.
     * @param quotes in order
     */
    public void sendTicks(List<Quote> quotes) {
        quotes.stream().map(this::json).forEach(this.buffer::add);
        while (this.buffer.size() > BUFFER) {
            this.buffer.remove();
        }
        if (this.failures >= FAILURES || this.buffer.isEmpty()) {
            return;
        }
        if (postOnce("/ingest/tick", "ticks", List.copyOf(this.buffer))) {
            this.buffer.clear();
            this.failures = 0;
        }
        else {
            this.failures++;
        }
    }

    /**
     * Whether it gave up.
     * @return true after 15 failures in a row
     */
    public boolean isPaused() {
        return this.failures >= FAILURES;
    }

    /**
     * What waits to be taken.
     * @return how many ticks
     */
    public int buffered() {
        return this.buffer.size();
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
