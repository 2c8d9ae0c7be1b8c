package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.SearchRequest.Range;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 1e-3..1e-1:log}, {@code 16..128} and {@code 0.1,0.3,1}. */
final class SearchRangeOption implements ITypeConverter<Range> {

    private static final Pattern ENDS = Pattern.compile("(.+?)\\.\\.(.+?)(?::(linear|log))?");

    @Override
    public Range convert(String value) {
        Matcher ends = ENDS.matcher(value);
        try {
            if (ends.matches()) {
                return new Range(number(ends.group(1)), number(ends.group(2)), ends.group(3), null);
            }
            List<BigDecimal> values = Arrays.stream(value.split(",", -1))
                    .map(SearchRangeOption::number)
                    .toList();
            return new Range(null, null, null, values);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "\"%s\" is no range: expected LOW..HIGH, LOW..HIGH:log or VALUE,VALUE,...".formatted(value));
        }
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.strip());
    }
}
