package pregao.strategy.backtest;

import java.nio.charset.StandardCharsets;

import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.candle.MinuteBars;
import pregao.strategy.candle.Minutes;
import pregao.strategy.document.Json;
import pregao.strategy.job.Job;
import pregao.strategy.job.Progress;
import pregao.strategy.job.Work;

/**
 * Does backtests. What a report says depends on the candles, the code and the settings
 * alone, which it names.
 */
@Component
class BacktestWork implements Work {

    static final String KIND = "backtest";

    private final MinuteBars bars;

    private final Reports reports;

    private final BacktestLimits limits;

    private final CodeVersion code;

    private final Memory memory;

    BacktestWork(MinuteBars bars, Reports reports, BacktestLimits limits, CodeVersion code, Memory memory) {
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
    public Finished run(Job job, Progress progress) {
        Trial trial = trial(job);
        Instrument instrument = trial.instrument();
        long from = trial.from().toEpochMilli();
        long to = trial.to().toEpochMilli();
        progress.at("reading candles", 0, 0);
        int count = this.bars.count(instrument, from, to, trial.warm());
        return this.memory.with(count, progress, () -> {
            Minutes minutes = this.bars.read(instrument, from, to, trial.warm());
            if (minutes.range().begin() == minutes.range().end()) {
                throw new Unfit("There are no final M1 candles of %s from %s to %s".formatted(instrument.key(),
                        trial.from(), trial.to()));
            }
            return finished(job, trial, minutes, progress);
        });
    }

    private Finished finished(Job job, Trial trial, Minutes minutes, Progress progress) {
        Finding finding = new Trying(this.limits, minutes, progress).run(trial);
        progress.at("writing", 1, 1);
        String report = Json.text(report(trial, minutes, finding));
        this.reports.put(job.id(), report, CodeVersion.sha256(report.getBytes(StandardCharsets.UTF_8)),
                finding.trades());
        return new Finished(Json.text(finding.summary()), "{}");
    }

    private Trial trial(Job job) {
        TrialReading reading = new TrialReading(this.limits, "", (name) -> null);
        Trial trial = reading.read(Json.stored(job.request()));
        if (trial == null) {
            throw new Unfit("What was asked for is not allowed any more: " + reading.wrong());
        }
        return trial;
    }

    private ObjectNode report(Trial trial, Minutes minutes, Finding finding) {
        ObjectNode report = Json.object();
        report.put("kind", trial.method().kind());
        report.set("settings", TrialWriting.write(trial));
        report.set("data", DataNote.of(minutes));
        report.putObject("code").put("version", this.code.version()).put("engine", this.code.engine());
        report.setAll(finding.parts());
        return report;
    }

}
