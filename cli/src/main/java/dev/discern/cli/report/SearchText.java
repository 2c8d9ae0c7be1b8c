package dev.discern.cli.report;

import dev.discern.cli.api.TrainingApi.Search;
import dev.discern.cli.api.TrainingApi.Search.Outcome;
import dev.discern.cli.api.TrainingApi.Search.Trial;
import dev.discern.cli.terminal.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The best trials of a search, the chosen one, and the command that trains it. */
public record SearchText(Search search) {

    private static final int SHOWN = 10;

    /** Of the highest rung first, there the best; diverged ones last. */
    private static final Comparator<Trial> BEST_FIRST = Comparator.<Trial>comparingInt(trial ->
                    trial.last().validation() == null ? 0 : trial.last().rung())
            .thenComparingDouble(trial ->
                    trial.last().validation() == null ? 0 : trial.last().validation())
            .reversed()
            .thenComparingInt(Trial::trial);

    /** What to print. */
    public List<String> lines() {
        List<String> names = List.copyOf(search.trials().getFirst().parameters().keySet());
        List<String> header = new ArrayList<>(List.of("trial", "validation NDCG@10", "epochs", "seconds"));
        header.addAll(names);
        TextTable table = new TextTable(header.toArray(String[]::new));
        search.trials().stream().sorted(BEST_FIRST).limit(SHOWN).forEach(trial -> {
            Outcome last = trial.last();
            List<String> row = new ArrayList<>(List.of(
                    Integer.toString(trial.trial()),
                    last.validation() == null ? "diverged" : decimals(last.validation()),
                    Integer.toString(last.epochs()),
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            trial.rungs().stream().mapToDouble(Outcome::seconds).sum())));
            names.forEach(name -> row.add(plain(trial.parameters().get(name))));
            table.row(row);
        });
        List<String> lines = new ArrayList<>(table.lines());
        List<Trial> failed = search.trials().stream()
                .filter(trial -> trial.last().failure() != null)
                .toList();
        if (!failed.isEmpty()) {
            lines.add("%d of %d trials diverged, the first: %s"
                    .formatted(
                            failed.size(),
                            search.trials().size(),
                            failed.getFirst().last().failure()));
        }
        if (search.chosen() != null) {
            lines.addAll(chosen(search.chosen()));
        }
        return lines;
    }

    private static List<String> chosen(Search.Chosen chosen) {
        Map<String, @Nullable Double> test = chosen.test().getOrDefault("all", Map.of());
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Chosen by validation alone: trial " + chosen.trial() + ".");
        lines.add("Its test metrics, computed once and for it alone: "
                + List.of("auc", "ndcg@10", "recall@20").stream()
                        .filter(metric -> test.get(metric) != null)
                        .map(metric -> metric.toUpperCase(Locale.ROOT) + " " + decimals(test.get(metric)))
                        .collect(Collectors.joining(", "))
                + ".");
        chosen.warnings().forEach(warning -> lines.add("warning: " + warning));
        lines.add("To train it:");
        lines.add("  " + command(chosen.training()));
        return lines;
    }

    private static String command(Search.Training training) {
        return "discern train --backbone %s --regularizer %s --seed %d%s%s"
                .formatted(
                        training.backbone(),
                        training.regularizer(),
                        training.seed(),
                        training.scoringRun() == null ? "" : " --judgments " + training.scoringRun(),
                        training.parameters().entrySet().stream()
                                .map(of -> " --param %s=%s".formatted(of.getKey(), plain(of.getValue())))
                                .collect(Collectors.joining()));
    }

    private static String decimals(@Nullable Double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toString();
    }
}
