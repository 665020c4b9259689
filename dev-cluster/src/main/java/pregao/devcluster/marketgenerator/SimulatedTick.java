package pregao.devcluster.marketgenerator;

import java.time.Instant;

/**
 * A quote of the random market.
 *
 * @param symbol whose
 * @param time epoch milliseconds
 * @param seq how many earlier quotes of the symbol have this time
 * @param bid units of the symbol's last decimal
 * @param ask units of the symbol's last decimal
 */
record SimulatedTick(SimulatedSymbol symbol, long time, int seq, long bid, long ask) {

    /**
     * The item of a request.
     * @return a JSON object
     */
    String json() {
        return "{\"symbol\":\"%s\",\"ts\":\"%s\",\"seq\":%d,\"bid\":%s,\"ask\":%s}".formatted(this.symbol.name(),
                Instant.ofEpochMilli(this.time), this.seq, this.symbol.decimal(this.bid).toPlainString(),
                this.symbol.decimal(this.ask).toPlainString());
    }

}
