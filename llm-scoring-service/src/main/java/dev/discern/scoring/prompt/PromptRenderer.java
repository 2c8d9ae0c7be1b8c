package dev.discern.scoring.prompt;

import dev.discern.common.judgment.CandidateSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills a template in: one item a line, the history newest last, the candidates under short codes in the order given. */
public final class PromptRenderer {

    private static final int LETTERS = 26;

    private final PromptTemplate template;
    private final LongFunction<String> texts;

    /**
     * A renderer.
     *
     * @param texts an item's text by row id
     */
    public PromptRenderer(PromptTemplate template, LongFunction<String> texts) {
        this.template = template;
        this.texts = texts;
    }

    /** Whether there is a text for every candidate: nobody can judge an item that they are told nothing of. */
    public boolean canRender(CandidateSet set) {
        return set.candidates().stream()
                .noneMatch(candidate -> texts.apply(candidate.itemId()).isBlank());
    }

    /** What the model is to write. */
    public AnswerForm form() {
        return template.answer();
    }

    /** The question about these candidates. */
    public ChatPrompt render(CandidateSet set) {
        List<String> codes = codes(set.candidates().size());
        String history = set.history().isEmpty()
                ? "(nothing)"
                : set.history().stream().map(this::quoted).collect(Collectors.joining("\n"));
        String candidates = IntStream.range(0, codes.size())
                .mapToObj(position -> codes.get(position) + ": "
                        + quoted(set.candidates().get(position).itemId()))
                .collect(Collectors.joining("\n"));
        return new ChatPrompt(
                List.of(
                        new ChatMessage(ChatMessage.Role.SYSTEM, template.system()),
                        new ChatMessage(ChatMessage.Role.USER, message(history, candidates, codes))),
                codes,
                template.answer());
    }

    /** Fills in all places at once: what is filled in is not searched for further places. */
    private String message(String history, String candidates, List<String> codes) {
        StringBuilder filled = new StringBuilder();
        String rest = template.message();
        while (true) {
            int open = rest.indexOf('{');
            int close = rest.indexOf('}', open + 1);
            if (open < 0 || close < 0) {
                return filled.append(rest).toString();
            }
            String place = rest.substring(open, close + 1);
            filled.append(rest, 0, open)
                    .append(
                            switch (place) {
                                case "{history}" -> history;
                                case "{candidates}" -> candidates;
                                case "{codes}" -> String.join(", ", codes);
                                default -> place;
                            });
            rest = rest.substring(close + 1);
        }
    }

    private String quoted(long item) {
        return CatalogText.quoted(texts.apply(item), template.itemChars());
    }

    /** {@code A, B, …, Z}; {@code C01, C02, …} where there are more candidates than letters. */
    static List<String> codes(int count) {
        List<String> codes = new ArrayList<>(count);
        for (int position = 0; position < count; position++) {
            codes.add(
                    count <= LETTERS
                            ? String.valueOf((char) ('A' + position))
                            : String.format(Locale.ROOT, "C%02d", position + 1));
        }
        return codes;
    }
}
