package dev.discern.serving.recommend;

import java.util.List;

/** Queries that differ from the default in one thing. */
record Queries(Query query) {

    static Queries user(String id) {
        return new Queries(Query.of(new Audience.User(id), 3));
    }

    static Queries session(String... itemIds) {
        return new Queries(Query.of(new Audience.Session(List.of(itemIds)), 3));
    }

    Queries k(int k) {
        return new Queries(Query.of(query.audience(), k)
                .withCategories(query.categories(), query.categoryMode())
                .without(query.excludeItems(), query.excludeSeen())
                .with(query.variety())
                .boosted(query.boosts())
                .explained(query.explain())
                .exploring(query.exploration()));
    }

    Queries categories(CategoryMode mode, String... names) {
        return new Queries(query.withCategories(List.of(names), mode));
    }

    Queries withSeen() {
        return new Queries(query.without(query.excludeItems(), false));
    }

    Queries without(String... itemIds) {
        return new Queries(query.without(List.of(itemIds), query.excludeSeen()));
    }

    Queries only(String... itemIds) {
        return new Queries(query.of(List.of(itemIds)));
    }

    Queries with(Variety variety) {
        return new Queries(query.with(variety));
    }

    Queries boosted(Boost... boosts) {
        return new Queries(query.boosted(List.of(boosts)));
    }

    Queries exploring(double share) {
        return new Queries(query.exploring(share));
    }

    Queries explained() {
        return new Queries(query.explained(true));
    }
}
