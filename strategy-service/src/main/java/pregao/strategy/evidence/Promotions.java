package pregao.strategy.evidence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.http.problem.Trouble;
import pregao.strategy.bot.BotCopies;
import pregao.strategy.bot.StoredBot;
import pregao.strategy.job.Job;

/**
 * Makes bots with money of bots on paper, where there is evidence and somebody confirms
 * it.
 */
@Component
class Promotions {

    private final Evidences evidences;

    private final BotCopies copies;

    private final PromotionTable table;

    Promotions(Evidences evidences, BotCopies copies, PromotionTable table) {
        this.evidences = evidences;
        this.copies = copies;
        this.table = table;
    }

    /**
     * Makes a bot.
     * @param person who confirms
     * @param id of the bot on paper
     * @param body what they confirm
     * @return the new one, or the one that was made of the same before
     * @throws pregao.http.problem.TroubleException 404, 409 where evidence is missing,
     * 422
     */
    StoredBot promote(UUID person, UUID id, JsonNode body) {
        StoredBot bot = this.evidences.bot(person, id);
        PromotionWish wish = PromotionWish.read(body, bot.name());
        Optional<Job> job = this.evidences.find(person, id, wish.evidence());
        List<String> missing = this.evidences.missing(bot, job);
        if (!missing.isEmpty()) {
            throw Evidences.insufficient(missing).asException();
        }
        Optional<UUID> known = this.table.find(person, wish);
        return known.isPresent() ? made(person, known.get()) : make(person, bot, wish, job.orElseThrow());
    }

    private StoredBot make(UUID person, StoredBot bot, PromotionWish wish, Job job) {
        BotCopies.Copy copy = this.copies.of(person, bot, wish.account(), wish.money());
        String report = this.evidences.report(person, job).orElseThrow(() -> Trouble.notFound().asException());
        try {
            return this.table.add(person, bot, wish, report, copy);
        }
        catch (DuplicateKeyException ex) { // the same request came twice at once
            return made(person, this.table.find(person, wish).orElseThrow());
        }
    }

    /**
     * One that was deleted since is not made again in silence: that takes a new report.
     */
    private StoredBot made(UUID person, UUID bot) {
        return this.evidences.find(person, bot)
            .orElseThrow(() -> Trouble
                .conflict("already-promoted", "The bot that was made of this report was deleted; ask for another")
                .asException());
    }

}
