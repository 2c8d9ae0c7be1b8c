package dev.discern.training.gate;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Views of one model that know less of the user (Gal and Ghahramani, 2016): in each of {@value #PASSES} passes an entry of the user's
 * vector is left out with probability {@value #RATE}, and the others are scaled up by as much. What a pass leaves out of a user is the same
 * for all items.
 */
final class Dropout {

    static final int PASSES = 8;
    static final double RATE = 0.2;

    private static final float SCALE = (float) (1 / (1 - RATE));

    private Dropout() {}

    static List<Disagreement.View> views(DotProductModel model, Seeds seeds) {
        return IntStream.range(0, PASSES)
                .mapToObj(pass -> new Disagreement.View(
                        (user, into) -> leaveOut(model, user, seeds.of("dropout", pass), into), model))
                .toList();
    }

    private static void leaveOut(DotProductModel model, int user, long pass, float[] into) {
        SplittableRandom random = new Seeds(pass).random("user", user);
        for (int d = 0; d < into.length; d++) {
            into[d] = random.nextDouble() < RATE ? 0 : SCALE * model.users()[user * into.length + d];
        }
    }
}
