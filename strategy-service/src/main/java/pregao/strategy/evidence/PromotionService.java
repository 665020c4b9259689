package pregao.strategy.evidence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.strategy.bot.BotCloner;
import pregao.strategy.bot.BotResponse;
import pregao.strategy.job.Job;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Makes bots with money of bots on paper, where there is evidence and somebody confirms
 * it.
 */
@Component
class PromotionService {

    private final EvidenceService evidences;

    private final BotCloner copies;

    private final PromotionRepository table;

    PromotionService(EvidenceService evidences, BotCloner copies, PromotionRepository table) {
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
     * @throws pregao.webapi.problem.ProblemException 404, 409 where evidence is missing,
     * 422
     */
    BotResponse promote(UUID person, UUID id, JsonNode body) {
        BotResponse bot = this.evidences.bot(person, id);
        PromotionRequest wish = PromotionRequest.read(body, bot.name());
        Optional<Job> job = this.evidences.find(person, id, wish.evidence());
        List<String> missing = this.evidences.missing(bot, job);
        if (!missing.isEmpty()) {
            throw EvidenceService.insufficient(missing).asException();
        }
        Optional<UUID> known = this.table.find(person, wish);
        return known.isPresent() ? made(person, known.get()) : make(person, bot, wish, job.orElseThrow());
    }

    private BotResponse make(UUID person, BotResponse bot, PromotionRequest wish, Job job) {
        BotCloner.Copy copy = this.copies.prepare(person, bot, wish.account(), wish.money());
        String report = this.evidences.report(person, job)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
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
    private BotResponse made(UUID person, UUID bot) {
        return this.evidences.find(person, bot)
            .orElseThrow(() -> ProblemDefinition
                .conflict("already-promoted", "The bot that was made of this report was deleted; ask for another")
                .asException());
    }

}
