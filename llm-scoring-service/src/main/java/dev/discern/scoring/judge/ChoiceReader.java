package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.llm.ChatReply;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How probable the model held each code to be as the first token of its answer:
 *
 * <pre>
 *   score = max(0, 1 + log p / 20)
 * </pre>
 *
 * an affine image of the log-probability, so that the scores standardized within the prompt are those of the log-probabilities. Codes
 * that the provider does not tell of share what probability is left, none of them more than the least probable alternative told.
 */
final class ChoiceReader {

    /** Natural logarithms below this are as good as never. */
    private static final double FLOOR = 20;

    private ChoiceReader() {}

    static Parsed read(@Nullable List<ChatReply.Alternative> firstToken, List<String> codes) {
        if (firstToken == null || firstToken.isEmpty()) {
            return new Parsed.Invalid(
                    FailureReason.NO_LOG_PROBABILITIES, "the provider told no log-probabilities of the answer");
        }
        double[] probability = new double[codes.size()];
        double told = 0;
        double least = 1;
        for (ChatReply.Alternative alternative : firstToken) {
            double p = Math.exp(Math.min(0, alternative.logProbability()));
            told += p;
            least = Math.min(least, p);
            int code = codes.indexOf(alternative.token().strip().toUpperCase(Locale.ROOT));
            if (code >= 0) {
                probability[code] += p;
            }
        }
        long untold = Arrays.stream(probability).filter(p -> p == 0).count();
        if (untold == codes.size()) {
            return JsonAnswer.malformed("expected one of the codes, but it begins with "
                    + firstToken.stream()
                            .limit(3)
                            .map(alternative -> "\"" + AnswerParser.shortened(alternative.token()) + "\"")
                            .collect(Collectors.joining(" or ")));
        }
        double left = Math.min(least, Math.max(0, 1 - told) / Math.max(1, untold));
        return new Parsed.Scores(IntStream.range(0, codes.size())
                .mapToObj(code -> score(probability[code] == 0 ? left : probability[code]))
                .toList());
    }

    private static float score(double probability) {
        return (float) Math.clamp(1 + Math.log(probability) / FLOOR, 0, 1);
    }
}
