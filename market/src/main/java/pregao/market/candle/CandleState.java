package pregao.market.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;

/**
 * All versions that may stand in one bucket, and which of them does. This is in plain
 * Java what the database's function {@code market.put_candles} does; the function is
 * tested against it.
 *
 * @param provided the best version that a terminal or broker provided
 * @param built the latest version built from ticks or minutes
 * @param chosen versions that a person put above all others, the latest last
 * @param standing the version that stands, or null where there is none
 * @param revision 0 where it was never final, 1 for the first final one, and 1 more for
 * each later change of values or of finality
 */
public record CandleState(@Nullable CandleVersion provided, @Nullable CandleVersion built, List<CandleVersion> chosen,
        @Nullable CandleVersion standing, int revision) {

    /** Nothing was ever there. */
    public static final CandleState EMPTY = new CandleState(null, null, List.of(), null, 0);

    public CandleState {
        chosen = List.copyOf(chosen);
    }

    /**
     * The candle that stands.
     * @return with its revision and whether it is final, or null where none stands
     */
    public @Nullable Candle candle() {
        CandleVersion version = this.standing;
        if (version == null) {
            return null;
        }
        return version.candle().withFinality(version.rank().isFinal()).withRevision(this.revision);
    }

    /**
     * A terminal or broker provides a candle.
     * @param version of a provided rank
     * @return what is then there
     */
    public Outcome provide(CandleVersion version) {
        CandleVersion best = better(this.provided, version);
        if (version.rank() == CandleRank.SUCCEEDED && best.rank() == CandleRank.PROVISIONAL) {
            best = best.withRank(CandleRank.SUCCEEDED);
        }
        return with(best, this.built, this.chosen).answering(this, version);
    }

    private static CandleVersion better(@Nullable CandleVersion before, CandleVersion version) {
        if (before == null || (version.rank() == CandleRank.MARKED && before.rank() != CandleRank.MARKED)) {
            return version;
        }
        if (before.rank() == CandleRank.MARKED) {
            return before;
        }
        if (before.sameValues(version)) {
            return before.seenAs(version);
        }
        if (version.rank().compareTo(before.rank()) < 0) {
            return before;
        }
        int more = version.compareVolume(before);
        boolean bothProvisional = version.rank() == CandleRank.PROVISIONAL && before.rank() == CandleRank.PROVISIONAL;
        return (more > 0 || (more == 0 && bothProvisional)) ? version : before;
    }

    /**
     * The aggregator builds a candle.
     * @param version of a built rank
     * @param succeeded whether a later provided candle of the series is known
     * @return what is then there
     */
    public Outcome build(CandleVersion version, boolean succeeded) {
        boolean older = this.built != null && this.built.rank().compareTo(version.rank()) > 0;
        boolean closed = succeeded && version.rank() == CandleRank.BUILT_FINAL;
        return with(closed ? promoted() : this.provided, older ? this.built : version, this.chosen).answering(this,
                version);
    }

    /**
     * A later provided candle of the series is known, and the bucket has ended and is
     * closed.
     * @return what is then there
     */
    public CandleState promote() {
        return with(promoted(), this.built, this.chosen);
    }

    private @Nullable CandleVersion promoted() {
        CandleVersion version = this.provided;
        boolean waits = version != null && version.rank() == CandleRank.PROVISIONAL;
        return (version != null && waits) ? version.withRank(CandleRank.SUCCEEDED) : version;
    }

    /**
     * A person releases a candle from quarantine.
     * @param version with its number in quarantine
     * @return what is then there
     */
    public CandleState release(CandleVersion version) {
        List<CandleVersion> releases = new ArrayList<>(this.chosen);
        releases.removeIf((candleVersion) -> candleVersion.release() == version.release());
        releases.add(version);
        return with(this.provided, this.built, releases);
    }

    /**
     * A person takes a release back.
     * @param release the number in quarantine
     * @param succeeded whether a later provided candle of the series is known
     * @return what is then there; the same where this release is not there any more
     */
    public CandleState undo(long release, boolean succeeded) {
        List<CandleVersion> others = this.chosen.stream()
            .filter((candleVersion) -> candleVersion.release() != release)
            .toList();
        if (others.size() == this.chosen.size()) {
            return this;
        }
        return with(succeeded ? promoted() : this.provided, this.built, others);
    }

    /**
     * A person accepts a conflict: nothing that was there before comes back by itself.
     * @param version of rank {@link CandleRank#CHOSEN}
     * @return what is then there
     */
    public CandleState accept(CandleVersion version) {
        return with(null, null, List.of(version));
    }

    /**
     * There is nothing any more to build the candle from.
     * @param succeeded whether a later provided candle of the series is known
     * @return what is then there
     */
    public CandleState withdrawBuilt(boolean succeeded) {
        return with(succeeded ? promoted() : this.provided, null, this.chosen);
    }

    /**
     * The feed has no such bucket any more.
     * @return without any version; the revision is the one it is withdrawn with
     */
    public CandleState remove() {
        return with(null, null, List.of());
    }

    private CandleState with(@Nullable CandleVersion nowProvided, @Nullable CandleVersion nowBuilt,
            List<CandleVersion> nowChosen) {
        CandleVersion best = best(nowProvided, nowBuilt, nowChosen);
        CandleVersion keptProvided = nowProvided;
        CandleVersion keptBuilt = nowBuilt;
        if (nowChosen.isEmpty() && best != null) {
            keptBuilt = best.rank().isBuilt() ? nowBuilt : null;
            boolean waits = nowProvided != null && nowProvided.rank() == CandleRank.PROVISIONAL;
            keptProvided = (best.rank().isProvided() || waits) ? nowProvided : null;
        }
        return new CandleState(keptProvided, keptBuilt, nowChosen, best, nextRevision(best));
    }

    private static @Nullable CandleVersion best(@Nullable CandleVersion provided, @Nullable CandleVersion built,
            List<CandleVersion> chosen) {
        if (!chosen.isEmpty()) {
            return chosen.getLast();
        }
        if (provided == null || built == null) {
            return (provided != null) ? provided : built;
        }
        boolean stale = provided.rank() == CandleRank.SUCCEEDED && built.rank() == CandleRank.BUILT_FINAL
                && provided.compareVolume(built) < 0;
        return (stale || built.rank().compareTo(provided.rank()) > 0) ? built : provided;
    }

    private int nextRevision(@Nullable CandleVersion now) {
        CandleVersion before = this.standing;
        if (now == null) {
            return (before != null) ? this.revision + 1 : this.revision;
        }
        if (this.revision == 0) {
            return now.rank().isFinal() ? 1 : 0;
        }
        boolean same = before != null && before.sameValues(now) && before.rank().isFinal() == now.rank().isFinal();
        return same ? this.revision : this.revision + 1;
    }

    private Outcome answering(CandleState before, CandleVersion version) {
        CandleVersion now = Objects.requireNonNull(this.standing);
        CandleVersion was = before.standing;
        boolean stands = now.rank() == version.rank() && now.sameValues(version);
        boolean moved = was == null || was.rank() != now.rank() || !was.sameValues(now);
        if (stands && moved) {
            return new Outcome(this, (was != null) ? Status.UPDATED : Status.INSERTED, false);
        }
        boolean conflict = version.rank().isFinal() && now.rank().isFinal() && !now.sameValues(version);
        return new Outcome(this, Status.DUPLICATE, conflict);
    }

    /**
     * What came of a candle.
     *
     * @param after what is then there
     * @param status what to answer
     * @param conflict whether it is final and a final one with other values stands
     */
    public record Outcome(CandleState after, Status status, boolean conflict) {
    }

    /**
     * What to answer.
     */
    public enum Status {

        /** The bucket was empty. */
        INSERTED,
        /** Something else was replaced. */
        UPDATED,
        /** It does not stand, or stood before. */
        DUPLICATE

    }

}
