package dev.discern.cli.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The taste of one simulated viewer; {@link #utility} is the formula of docs/sample-data.md.
 *
 * @param genres liking of each genre it cares about, negative for dislike
 * @param year the middle of its favourite era
 * @param directors favourite directors
 * @param countries favourite countries
 * @param strength how much taste counts against popularity
 */
record Viewer(Map<String, Double> genres, int year, Set<String> directors, Set<String> countries, double strength) {

    private static final double ERA_WIDTH = 15;
    private static final double ERA_WEIGHT = 1;
    private static final double DIRECTOR_WEIGHT = 1.5;
    private static final double COUNTRY_WEIGHT = 1;

    double utility(Film film) {
        double distance = (film.year() - year) / ERA_WIDTH;
        double utility = ERA_WEIGHT * StrictMath.exp(-0.5 * distance * distance);
        List<String> of = film.genres();
        for (String genre : of) {
            utility += genres.getOrDefault(genre, 0.0) / StrictMath.sqrt(of.size());
        }
        utility += directors.contains(film.director()) ? DIRECTOR_WEIGHT : 0;
        utility += countries.contains(film.country()) ? COUNTRY_WEIGHT : 0;
        return strength * utility;
    }
}
