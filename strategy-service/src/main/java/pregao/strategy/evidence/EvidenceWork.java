package pregao.strategy.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.strategy.backtest.Memory;
import pregao.strategy.bot.Bots;
import pregao.strategy.bot.Plan;
import pregao.strategy.bot.StoredBot;
import pregao.strategy.bot.StoredPlans;
import pregao.strategy.candle.MinuteBars;
import pregao.strategy.candle.Minutes;
import pregao.strategy.document.Json;
import pregao.strategy.job.Job;
import pregao.strategy.job.Progress;
import pregao.strategy.job.Work;

/**
 * Sets what a bot did on paper beside a backtest of the candles it saw.
 */
@Component
class EvidenceWork implements Work {

    static final String KIND = "evidence";

    /** A backtest that trades more often says nothing that fits into a report. */
    private static final int MOST_SAID = 200_000;

    private final Bots bots;

    private final PaperRecords records;

    private final Revisions revisions;

    private final MinuteBars bars;

    private final Memory memory;

    private final JdbcClient database;

    private final EvidenceSettings settings;

    EvidenceWork(Bots bots, PaperRecords records, Revisions revisions, MinuteBars bars, Memory memory,
            JdbcClient database, EvidenceSettings settings) {
        this.bots = bots;
        this.records = records;
        this.revisions = revisions;
        this.bars = bars;
        this.memory = memory;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Finished run(Job job, Progress progress) {
        EvidenceWish wish = EvidenceWish.read(job.request());
        Stretch stretch = wish.stretch();
        StoredBot bot = this.bots.find(stretch.bot(), job.person())
            .filter((found) -> found.settledAt().equals(wish.settledAt()))
            .orElseThrow(() -> new Unfit("The bot is gone, or was changed meanwhile"));
        Plan plan = StoredPlans.read(bot.settings()).plan();
        List<Seen> seen = this.records.seen(stretch);
        if (seen.isEmpty()) {
            throw new Unfit("The bot decided nothing in this time, so there is nothing to compare");
        }
        List<Deal> paper = paper(stretch, seen);
        Report report = new Report(stretch, wish.settledAt(), this.settings.listed());
        Map<Instrument, Long> begins = new HashMap<>();
        List<Deal> backtest = new ArrayList<>();
        for (Seen one : seen) {
            progress.at("trying again", begins.size(), seen.size());
            backtest.addAll(again(plan, one, report, begins, progress));
            if (backtest.size() > MOST_SAID) {
                throw new Unfit("The backtest has more than %,d trades; ask for a shorter time".formatted(MOST_SAID));
            }
        }
        progress.at("comparing", seen.size(), seen.size());
        Reasons reasons = new Reasons(this.database, this.revisions, bot.id(), Replaying.warm(plan), begins,
                seen.stream().collect(Collectors.toMap(Seen::instrument, Seen::to)), paper, backtest);
        Comparison comparison = Comparison.of(Matching.of(paper, backtest));
        ObjectNode written = report.write(comparison, reasons, this.settings.leastTrades());
        return new Finished(Json.text(summary(comparison)), Json.text(written));
    }

    private List<Deal> paper(Stretch stretch, List<Seen> seen) {
        int most = this.settings.trades();
        List<Deal> all = new ArrayList<>(this.records.trades(stretch, most + 1));
        all.addAll(this.records.held(stretch, most + 1));
        if (all.size() > most) {
            throw new Unfit("The bot made more than %,d trades in this time; ask for a shorter one".formatted(most));
        }
        Map<Instrument, Seen> ends = seen.stream().collect(Collectors.toMap(Seen::instrument, Function.identity()));
        return all.stream().map((deal) -> {
            Seen one = ends.get(deal.instrument());
            return (one != null) ? deal.at(one.to()) : deal;
        }).toList();
    }

    private List<Deal> again(Plan plan, Seen seen, Report report, Map<Instrument, Long> begins, Progress progress) {
        Timeframe warm = Replaying.warm(plan);
        int count = this.bars.count(seen.instrument(), seen.from(), seen.to(), warm);
        return this.memory.with(count, progress, () -> {
            Minutes minutes = this.bars.read(seen.instrument(), seen.from(), seen.to(), warm);
            report.instrument(seen, minutes);
            long begin = (minutes.bars().size() > 0) ? minutes.bars().times()[0] : seen.from();
            begins.put(seen.instrument(), begin);
            report.revised(this.revisions.first(seen.instrument(), warm, Instant.ofEpochMilli(begin),
                    Instant.ofEpochMilli(seen.to()), report.room()));
            return Replaying.of(plan, minutes);
        });
    }

    private static ObjectNode summary(Comparison comparison) {
        return Json.object()
            .put("trades", comparison.paper().trades())
            .put("same", comparison.matching().same())
            .put("differ", comparison.differ())
            .put("profit", Json.plain(comparison.paper().profit()))
            .put("backtest_profit", Json.plain(comparison.backtest().profit()));
    }

}
