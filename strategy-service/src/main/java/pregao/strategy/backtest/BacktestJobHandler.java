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
 * Does backtests. What a report says depends on the candles, the code and the settings
 * alone, which it names.
 */
@Component
class BacktestJobHandler implements JobHandler {

    static final String KIND = "backtest";

    private final MinuteCandleReader bars;

    private final BacktestReportRepository reports;

    private final BacktestProperties limits;

    private final EngineFingerprint code;

    private final CandleMemoryLimiter memory;

    BacktestJobHandler(MinuteCandleReader bars, BacktestReportRepository reports, BacktestProperties limits,
            EngineFingerprint code, CandleMemoryLimiter memory) {
        this.bars = bars;
        this.reports = reports;
        this.limits = limits;
        this.code = code;
        this.memory = memory;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, ProgressListener progress) {
        BacktestRequest trial = trial(job);
        Instrument instrument = trial.instrument();
        long from = trial.from().toEpochMilli();
        long to = trial.to().toEpochMilli();
        progress.at("reading candles", 0, 0);
        int count = this.bars.count(instrument, from, to, trial.warm());
        return this.memory.with(count, progress, () -> {
            CandleSeries minutes = this.bars.read(instrument, from, to, trial.warm());
            if (minutes.range().begin() == minutes.range().end()) {
                throw new JobRejectedException("There are no final M1 candles of %s from %s to %s"
                    .formatted(instrument.key(), trial.from(), trial.to()));
            }
            return finished(job, trial, minutes, progress);
        });
    }

    private Finished finished(Job job, BacktestRequest trial, CandleSeries minutes, ProgressListener progress) {
        BacktestResult finding = new BacktestRunner(this.limits, minutes, progress).run(trial);
        progress.at("writing", 1, 1);
        String report = ExactJson.text(report(trial, minutes, finding));
        this.reports.put(job.id(), report, EngineFingerprint.sha256(report.getBytes(StandardCharsets.UTF_8)),
                finding.trades());
        return new Finished(ExactJson.text(finding.summary()), "{}");
    }

    private BacktestRequest trial(Job job) {
        BacktestRequestParser reading = new BacktestRequestParser(this.limits, "", (name) -> null);
        BacktestRequest trial = reading.read(ExactJson.stored(job.request()));
        if (trial == null) {
            throw new JobRejectedException("What was asked for is not allowed any more: " + reading.wrong());
        }
        return trial;
    }

    private ObjectNode report(BacktestRequest trial, CandleSeries minutes, BacktestResult finding) {
        ObjectNode report = ExactJson.object();
        report.put("kind", trial.method().kind());
        report.set("settings", BacktestRequestWriter.write(trial));
        report.set("data", DatasetDescription.of(minutes));
        report.putObject("code").put("version", this.code.version()).put("engine", this.code.engine());
        report.setAll(finding.parts());
        return report;
    }

}
