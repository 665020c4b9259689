package pregao.strategy.evidence;

import java.util.Locale;

/**
 * The likely reason of a difference between a trade on paper and its backtest.
 *
 * @param cause the kind of reason
 * @param en the explanation in English
 * @param pt the explanation in Portuguese
 */
record DifferenceReason(Cause cause, String en, String pt) {

    static DifferenceReason ofRejectedOrder(String reason, String message) {
        return new DifferenceReason(Cause.REFUSED, "The order was not made: %s (%s).".formatted(message, reason),
                "A ordem não foi feita: %s (%s).".formatted(message, reason));
    }

    static DifferenceReason ofRevision(CandleRevision revision) {
        return new DifferenceReason(Cause.REVISED,
                "The %s candle of %s was revised, maybe after the bot had decided on it; the backtest sees version %d."
                    .formatted(revision.timeframe(), revision.at(), revision.number()),
                "A vela %s de %s foi revista, talvez depois de o robô decidir sobre ela; o backtest vê a versão %d."
                    .formatted(revision.timeframe(), revision.at(), revision.number()));
    }

    static DifferenceReason ofDifferentEntry() {
        return new DifferenceReason(Cause.FOLLOWS,
                "It follows from an earlier difference: the entry before it in its cycle was not made, or ended otherwise.",
                "Segue-se de uma diferença anterior: a entrada anterior do ciclo não foi feita, ou terminou de outro modo.");
    }

    /** The kinds of reasons. */
    enum Cause {

        /** A risk limit, a protection or a stopped bot prevented the order. */
        REFUSED("", ""),
        /** A candle was revised. */
        REVISED("", ""),
        /** The bot has no decision at that close. */
        NOT_SEEN("The bot decided nothing at that close: it did not see the candle.",
                "O robô nada decidiu nesse fechamento: não viu a vela."),
        /** One side had a position already. */
        FOLLOWS("It follows from an earlier difference: one of both still held something.",
                "Segue-se de uma diferença anterior: um dos dois ainda tinha posição."),
        /** The minute had not ended at the end of the compared range. */
        RUNNING("That minute still ran at the end of the report: its candle is not final.",
                "Esse minuto ainda corria no fim do relatório: a vela não é final."),
        /** There is no candle of that minute. */
        GAP("No candle of that minute is stored.", "Não há vela guardada desse minuto."),
        /** The bot was stopped and its position closed. */
        STOPPED("The bot was stopped and closed what it held.", "O robô foi parado e fechou o que tinha."),
        /** The user closed the position manually. */
        BY_HAND("You closed the position by hand.", "Você fechou a posição manualmente."),
        /** Candles do not tell the order of prices within a minute. */
        WITHIN_MINUTE("The bot acts on prices within the minute; of the minute only its candle is kept.",
                "O robô age sobre preços dentro do minuto; do minuto só se guarda a vela."),
        /** The reason is unknown. */
        UNKNOWN("Why is not known.", "Não se sabe porquê.");

        private final String en;

        private final String pt;

        Cause(String en, String pt) {
            this.en = en;
            this.pt = pt;
        }

        DifferenceReason toReason() {
            return new DifferenceReason(this, this.en, this.pt);
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
