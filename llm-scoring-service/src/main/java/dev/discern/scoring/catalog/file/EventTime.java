package dev.discern.scoring.catalog.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times as data files write them: epoch seconds, epoch milliseconds (10<sup>11</sup> and more: as seconds that would be after the
 * year 5000, as milliseconds it is 1973), or ISO-8601 with {@code T} or a space, UTC where no offset is given.
 */
final class EventTime {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,20})?([eE]\\+?\\d{1,2})?");
    private static final BigDecimal MILLISECONDS_FROM = BigDecimal.valueOf(100_000_000_000L);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private EventTime() {}

    /**
     * The moment {@code text} means, to the microsecond.
     *
     * @throws DateTimeException when it is no time, or one outside the years 1 to 9999
     */
    static Instant parse(String text) {
        String trimmed = text.strip();
        Instant time = NUMBER.matcher(trimmed).matches() ? epoch(new BigDecimal(trimmed)) : iso(trimmed);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("outside the years 1 to 9999");
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant epoch(BigDecimal number) {
        BigDecimal seconds = number.abs().compareTo(MILLISECONDS_FROM) >= 0 ? number.movePointLeft(3) : number;
        try {
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            return Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(9).longValue());
        } catch (ArithmeticException e) {
            throw new DateTimeException("outside the years 1 to 9999", e);
        }
    }

    private static Instant iso(String text) {
        String standard = text.length() > 10 && text.charAt(10) == ' '
                ? text.substring(0, 10) + 'T' + text.substring(11).strip()
                : text;
        TemporalAccessor parsed = ISO.parseBest(standard, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (parsed) {
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate date -> date.atStartOfDay(ZoneOffset.UTC).toInstant();
            default -> throw new DateTimeParseException("no time", text, 0);
        };
    }
}
