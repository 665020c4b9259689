package pregao.contracts.tick;

import java.math.BigDecimal;

import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Volumes;

/**
 * {@link TickBatch} to the bytes of the topic {@code tick} and back.
 */
public final class TickCodec {

    private TickCodec() {
    }

    /**
     * Encodes a batch.
     * @param ticks the ticks of one instrument
     * @return a {@link TickMessage}
     */
    public static byte[] encode(TickBatch ticks) {
        TickMessage.Builder message = TickMessage.newBuilder()
            .setFeed(ticks.instrument().feed())
            .setSymbol(ticks.instrument().symbol())
            .setPriceBasis(ticks.basis().message())
            .setReceivedAt(ticks.receivedAt());
        TickChange change = ticks.change();
        if (change != null) {
            message.setKind(change.kind().message()).setRequestedBy(change.requestedBy());
        }
        long time = 0;
        long bid = 0;
        boolean lasts = false;
        boolean volumes = false;
        boolean flags = false;
        for (int i = 0; i < ticks.size(); i++) {
            message.addTime(ticks.time(i) - time);
            message.addSeq(ticks.seq(i));
            message.addBid(ticks.bid(i) - bid);
            message.addAskOverBid(ticks.ask(i) - ticks.bid(i));
            time = ticks.time(i);
            bid = ticks.bid(i);
            lasts |= ticks.last(i) != 0;
            volumes |= ticks.volume(i).signum() != 0;
            flags |= ticks.flags(i) != 0;
        }
        for (int i = 0; i < ticks.size(); i++) {
            if (lasts) {
                message.addLast(ticks.last(i));
            }
            if (volumes) {
                message.addVolume(ticks.volume(i).toPlainString());
            }
            if (flags) {
                message.addFlags(ticks.flags(i));
            }
        }
        return message.build().toByteArray();
    }

    /**
     * Decodes a batch.
     * @param bytes a {@link TickMessage}
     * @return the ticks
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static TickBatch decode(byte[] bytes) {
        try {
            return decoded(TickMessage.parseFrom(bytes));
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not a tick message: " + ex.getMessage(), ex);
        }
    }

    private static TickBatch decoded(TickMessage message) {
        int size = message.getTimeCount();
        checkCount("seq", message.getSeqCount(), size);
        checkCount("bid", message.getBidCount(), size);
        checkCount("ask_over_bid", message.getAskOverBidCount(), size);
        boolean lasts = present("last", message.getLastCount(), size);
        boolean volumes = present("volume", message.getVolumeCount(), size);
        boolean flags = present("flags", message.getFlagsCount(), size);
        TickBatch.Builder ticks = TickBatch
            .of(new Instrument(message.getFeed(), message.getSymbol()), PriceBasis.of(message.getPriceBasis()),
                    message.getReceivedAt(), size)
            .change(change(message));
        long time = 0;
        long bid = 0;
        for (int i = 0; i < size; i++) {
            time += message.getTime(i);
            bid += message.getBid(i);
            ticks.add(time, message.getSeq(i), bid, bid + message.getAskOverBid(i), lasts ? message.getLast(i) : 0,
                    volumes ? Volumes.parse(message.getVolume(i)) : BigDecimal.ZERO, flags ? message.getFlags(i) : 0);
        }
        return ticks.build();
    }

    private static @Nullable TickChange change(TickMessage message) {
        return switch (message.getKind()) {
            case TICK_KIND_QUOTES -> null;
            case TICK_KIND_RELEASE -> new TickChange(TickChange.Kind.RELEASE, message.getRequestedBy());
            case TICK_KIND_UNDO -> new TickChange(TickChange.Kind.UNDO, message.getRequestedBy());
            case UNRECOGNIZED -> throw new IllegalArgumentException("unknown kind of tick message");
        };
    }

    private static boolean present(String column, int count, int size) {
        if (count != 0) {
            checkCount(column, count, size);
        }
        return count != 0;
    }

    private static void checkCount(String column, int count, int size) {
        if (count != size) {
            throw new IllegalArgumentException(
                    "a tick message of %d times has %d of %s".formatted(size, count, column));
        }
    }

}
