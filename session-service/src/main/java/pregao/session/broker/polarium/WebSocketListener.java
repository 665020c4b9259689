package pregao.session.broker.polarium;

/**
 * Who works with a connection. All calls come on its event loop.
 */
interface WebSocketListener {

    /**
     * The broker has let us in, for the first time or again.
     * @param userId the broker's number of the user
     */
    void onOpen(long userId);

    /** The connection is gone; it will be tried again. */
    void onDisconnected();

    /** The session is over. */
    void onEnd();

    /**
     * Something happened that was subscribed to.
     * @param event what
     */
    void onEvent(MessageFrame.Event event);

}
