package pregao.session.broker.execution;

import org.jspecify.annotations.Nullable;

/**
 * How things are before an order is written down.
 *
 * @param realMoney whether its person allows real money
 * @param known whether it is there already
 * @param alike how that stands which it could be taken for; null where nothing is
 */
record PlacementPreconditions(boolean realMoney, boolean known, @Nullable String alike) {

    /** Whether that may be resolved any moment. */
    boolean isAlikeOnItsWay() {
        return "sending".equals(this.alike);
    }

}
