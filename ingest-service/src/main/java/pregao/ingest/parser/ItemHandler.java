package pregao.ingest.parser;

import tools.jackson.core.JsonParser;

/**
 * Callback that builds items from the objects of a request.
 */
interface ItemHandler {

    /**
     * Starts an item. Discards all fields read before, of an object that is not an item.
     */
    void onItemStart();

    /**
     * Reads a field of the item.
     * @param name the name of the field
     * @param parser the parser, on the value; afterwards on its last token
     * @return false if items have no such field, so that the caller must skip the value
     */
    boolean onField(String name, JsonParser parser);

    /**
     * Returns whether items without this field inherit it from the object that encloses
     * their array.
     * @param name the name of the field
     * @return true for symbols, times and other fields common to all items
     */
    boolean isInheritable(String name);

    /**
     * Applies a field of the enclosing object if the item does not have it.
     * @param name the name of an inheritable field
     * @param value the value of the field
     */
    void onInheritedField(String name, JsonValueSlice value);

    /** Completes the item. */
    void onItemEnd();

    /**
     * Rejects a value that is not an object in the place of an item.
     * @param description the description of the value
     */
    void onNonObject(String description);

}
