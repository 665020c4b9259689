package pregao.strategy.backtest;

import java.nio.charset.StandardCharsets;

import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.candle.CandleSeries;
import pregao.strategy.candle.MinuteCandleReader;
import pregao.strategy.job.Job;
import pregao.strategy.job.JobHandler;
import pregao.strategy.job.ProgressListener;
import pregao.strategy.json.ExactJson;

/**
 * Runs backtest jobs. A report depends only on the candles, the code and the settings,
 * and identifies all three.
 */
@Component
class BacktestJobHandler implements JobHandler {

    static final String KIND = "backtest";

    private final MinuteCandleReader candleReader;

    private final BacktestReportRepository reports;

    private final BacktestProperties properties;

    private final EngineFingerprint engineFingerprint;

    private final CandleMemoryLimiter memoryLimiter;

    BacktestJobHandler(MinuteCandleReader candleReader, BacktestReportRepository reports, BacktestProperties properties,
            EngineFingerprint engineFingerprint, CandleMemoryLimiter memoryLimiter) {
        this.candleReader = candleReader;
        this.reports = reports;
        this.properties = properties;
        this.engineFingerprint = engineFingerprint;
        this.memoryLimiter = memoryLimiter;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        BacktestRequest request = parseRequest(job);
        Instrument instrument = request.instrument();
        long from = request.from().toEpochMilli();
        long to = request.to().toEpochMilli();
        progress.report("reading candles", 0, 0);
        int count = this.candleReader.count(instrument, from, to, request.warmUpTimeframe());
        return this.memoryLimiter.runWithMemory(count, progress, () -> {
            CandleSeries candles = this.candleReader.read(instrument, from, to, request.warmUpTimeframe());
            if (candles.range().begin() == candles.range().end()) {
                throw new JobRejectedException("There are no final M1 candles of %s from %s to %s"
                    .formatted(instrument.key(), request.from(), request.to()));
            }
            return runBacktest(job, request, candles, progress);
        });
    }

    private Finished runBacktest(Job job, BacktestRequest request, CandleSeries candles, ProgressListener progress) {
        BacktestResult result = new BacktestRunner(this.properties, candles, progress).run(request);
        progress.report("writing", 1, 1);
        String report = ExactJson.write(toReport(request, candles, result));
        this.reports.save(job.id(), report, EngineFingerprint.sha256(report.getBytes(StandardCharsets.UTF_8)),
                result.trades());
        return new Finished(ExactJson.write(result.summary()), "{}");
    }

    private BacktestRequest parseRequest(Job job) {
        BacktestRequestParser parser = new BacktestRequestParser(this.properties, "", (name) -> null);
        BacktestRequest request = parser.read(ExactJson.parseStored(job.request()));
        if (request == null) {
            throw new JobRejectedException("What was asked for is not allowed any more: " + parser.errors());
        }
        return request;
    }

    private ObjectNode toReport(BacktestRequest request, CandleSeries candles, BacktestResult result) {
        ObjectNode report = ExactJson.createObject();
        report.put("kind", request.method().kind());
        report.set("settings", BacktestRequestWriter.write(request));
        report.set("data", DatasetDescription.of(candles));
        report.putObject("code")
            .put("version", this.engineFingerprint.version())
            .put("engine", this.engineFingerprint.engine());
        report.setAll(result.parts());
        return report;
    }

}
