package dev.discern.cli.command;

import dev.discern.cli.api.ScoringApi.ScoringRequest.Quotas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code uniform=6,model=6,rescue=7}; sources that are left out draw nothing. */
final class Candidates implements ITypeConverter<Quotas> {

    private static final List<String> SOURCES = List.of("uniform", "popular", "tail", "cold", "model", "rescue");

    @Override
    public Quotas convert(String value) {
        Map<String, Integer> quotas = new HashMap<>();
        for (String part : value.split(",", -1)) {
            String[] sourceAndCount = part.split("=", 2);
            if (sourceAndCount.length < 2 || !sourceAndCount[1].matches("\\d{1,6}")) {
                throw new TypeConversionException("\"%s\": expected SOURCE=N, such as uniform=12".formatted(part));
            }
            if (!SOURCES.contains(sourceAndCount[0])) {
                throw new TypeConversionException(
                        "\"%s\" is none of %s".formatted(sourceAndCount[0], String.join(", ", SOURCES)));
            }
            if (quotas.put(sourceAndCount[0], Integer.valueOf(sourceAndCount[1])) != null) {
                throw new TypeConversionException("\"%s\" is there twice".formatted(sourceAndCount[0]));
            }
        }
        return new Quotas(
                quotas.getOrDefault("uniform", 0),
                quotas.getOrDefault("popular", 0),
                quotas.getOrDefault("tail", 0),
                quotas.getOrDefault("cold", 0),
                quotas.getOrDefault("model", 0),
                quotas.getOrDefault("rescue", 0));
    }
}
