package pregao.session.broker.polarium;

/**
 * Listener of a {@link ReconnectingWebSocket}, called on its event loop.
 */
interface WebSocketListener {

    /**
     * Called when the session is authenticated, for the first time or again.
     * @param userId the broker's id of the user
     */
    void onOpen(long userId);

    /** Called when the connection is lost; a reconnect follows. */
    void onDisconnected();

    /** Called when the session is over. */
    void onEnd();

    /**
     * Called for an event of a subscription.
     * @param event the event
     */
    void onEvent(MessageFrame.Event event);

}
