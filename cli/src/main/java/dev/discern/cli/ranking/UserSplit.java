package dev.discern.cli.ranking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the authors of the lists let the models see of a user, and what they held out.
 *
 * @param train by time, oldest first
 * @param heldOut in the order of the file
 */
record UserSplit(List<Event> train, List<Event> heldOut) {

    private static final List<String> COLUMNS = List.of("user_id", "item_id", "timestamp", "split");

    /**
     * An interaction.
     *
     * @param rating empty when there is none
     * @param time epoch seconds
     */
    record Event(String item, String rating, long time) {}

    /** Reads the split of every user. */
    static Map<String, UserSplit> read(Path file) {
        Map<String, UserSplit> users = new TreeMap<>();
        CsvRows.read(file, COLUMNS, row -> {
            UserSplit user = users.computeIfAbsent(
                    row.get("user_id"), id -> new UserSplit(new ArrayList<>(), new ArrayList<>()));
            Event event = new Event(row.get("item_id"), row.optional("rating"), row.number("timestamp"));
            switch (row.get("split")) {
                case "train" -> user.train.add(event);
                case "test" -> user.heldOut.add(event);
                default -> throw row.wrong("split \"%s\", expected train or test".formatted(row.get("split")));
            }
        });
        users.values().forEach(user -> user.train.sort(Comparator.comparingLong(Event::time)));
        return users;
    }

    boolean trainedOn(String item) {
        return train.stream().anyMatch(event -> event.item.equals(item));
    }

    boolean holdsOut(String item) {
        return heldOut.stream().anyMatch(event -> event.item.equals(item));
    }

    /** The time of the last training interaction; 0 when there is none. */
    long lastTime() {
        return train.isEmpty() ? 0 : train.getLast().time();
    }
}
