package pregao.ingest.parser;

import tools.jackson.core.JsonParser;

/**
 * What makes items of the objects in a request.
 */
interface ItemHandler {

    /** Forgets what was read of an object that is no item. */
    void onItemStart();

    /**
     * Takes a field of the item.
     * @param name the field's name
     * @param parser on its value, afterwards on its end
     * @return false where items have no such field; then the value is still to be skipped
     */
    boolean onField(String name, JsonParser parser);

    /**
     * Whether an item without a field has the one of the object around its array.
     * @param name the field's name
     * @return true for names, times, and what holds for all items
     */
    boolean isInheritable(String name);

    /**
     * Takes a field of the object around the array where the item has none of its own.
     * @param name of a field that is inherited
     * @param value its value
     */
    void onInheritedField(String name, JsonValueSlice value);

    /** Ends the item. */
    void onItemEnd();

    /**
     * Counts something that is no object where an item should be.
     * @param description what it is
     */
    void onNonObject(String description);

}
