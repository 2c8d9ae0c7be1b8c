package dev.discern.scoring.reliability;

import static dev.discern.scoring.testing.Prompts.audit;
import static dev.discern.scoring.testing.Prompts.prompt;
import static dev.discern.scoring.testing.Prompts.scored;
import static dev.discern.scoring.testing.Prompts.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FavouritesTests {

    private final Favourites favourites = new Favourites();

    @Test
    void anItemThatIsScoredHighWhoeverIsAskedStandsOut() {
        for (int n = 0; n < 6; n++) {
            double other = n % 2 == 0 ? 0.1 : 0.3;
            favourites.add(prompt(uniform(1), uniform(2), uniform(3), audit(4)), scored(1, other, 0.4 - other, 1));
        }

        List<Favourite> found = listed();

        assertThat(found).extracting(Favourite::itemId).containsExactly("i1");
        assertThat(found.getFirst().prompts()).isEqualTo(6);
        assertThat(found.getFirst().popularity()).isEqualTo(10);
        // scores 1, .1, .3, 1: mean .6, standard deviation √.165
        assertThat(found.getFirst().meanScore()).isEqualTo(0.4 / Math.sqrt(0.165), within(1e-5));
        assertThat(found.getFirst().ci95().getFirst())
                .isEqualTo(found.getFirst().meanScore(), within(1e-3));
    }

    @Test
    void whatIsScoredHighForSomeAndLowForOthersDoesNot() {
        for (int n = 0; n < 20; n++) {
            favourites.add(prompt(uniform(1), uniform(2)), n % 2 == 0 ? scored(1, 0) : scored(0, 1));
        }
        assertThat(listed()).isEmpty();
    }

    @Test
    void fourPromptsAreTooFewAndFiveEnough() {
        for (int n = 0; n < 4; n++) {
            favourites.add(prompt(uniform(1), uniform(2)), scored(1, 0));
        }
        assertThat(listed()).isEmpty();
        favourites.add(prompt(uniform(1), uniform(2)), scored(1, 0));
        assertThat(listed()).extracting(Favourite::itemId).containsExactly("i1");
    }

    private List<Favourite> listed() {
        return favourites.list(item -> "i" + item, item -> (int) item * 10);
    }
}
