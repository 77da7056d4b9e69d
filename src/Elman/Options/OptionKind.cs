using System.Text.Json;

namespace Elman.Options;

/// <summary>A kind of option values: parsing, writing and validation.</summary>
internal abstract class OptionKind<T>
{
    /// <summary>The name of a value in help texts; <see langword="null"/> if the option takes no value.</summary>
    public abstract string? ValueName { get; }

    /// <summary>The words that a value may be, for completion; empty if there is no short list.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>Parses a value.</summary>
    /// <exception cref="FormatException">The text is not valid; the message begins with the label.</exception>
    public abstract T Parse(string label, string text);

    /// <summary>Returns the text form for <see cref="Parse"/>.</summary>
    public abstract string Text(T value);

    /// <summary>Returns the problem of a value as a sentence that begins with the option's name, or <see langword="null"/>.</summary>
    public virtual string? Problem(string name, T value) => null;

    /// <summary>Writes a field.</summary>
    public abstract void Write(Utf8JsonWriter json, string field, T value);

    /// <summary>Reads the value of a field.</summary>
    /// <exception cref="FormatException">The field has no valid value; the message begins with the field's name.</exception>
    public abstract T Read(JsonElement value, string field);
}

/// <summary>The kinds of option values.</summary>
internal static class OptionKind
{
    /// <summary>A Boolean, false by default: on the command line the name alone.</summary>
    public static OptionKind<bool> Flag { get; } = new FlagKind(null);

    /// <summary>A Boolean, true by default.</summary>
    public static OptionKind<bool> Switch { get; } = new FlagKind("true|false");

    /// <summary>A number above 0, or infinity for no limit.</summary>
    public static OptionKind<double> Limit { get; } = new LimitKind();

    /// <summary>A number.</summary>
    /// <param name="mustBe">The condition for messages, such as <c>it must be above 0</c>.</param>
    /// <param name="isAllowed">Whether a number is allowed.</param>
    public static OptionKind<double> Number(string mustBe, Predicate<double> isAllowed) =>
        new NumberKind(value => isAllowed(value) ? null : $"{mustBe}.");

    /// <summary>A number.</summary>
    /// <param name="problem">The problem of a number, such as <c>it must be above 0.</c>, or <see langword="null"/>.</param>
    public static OptionKind<double> Number(Func<double, string?> problem) => new NumberKind(problem);

    /// <summary>An integer.</summary>
    /// <param name="mustBe">The condition for messages, such as <c>it must be at least 1</c>.</param>
    /// <param name="isAllowed">Whether a number is allowed.</param>
    public static OptionKind<int> Whole(string mustBe, Predicate<int> isAllowed) => new WholeKind(mustBe, isAllowed);

    /// <summary>One value of an enumeration.</summary>
    /// <param name="valueName">The name of a value in help texts.</param>
    public static OptionKind<T> Choice<T>(string valueName)
        where T : struct, Enum => new ChoiceKind<T>(valueName);

    /// <summary>A value with a text form.</summary>
    /// <param name="valueName">The name of a value in help texts.</param>
    /// <param name="parse">Parses the text form, from a label and a text; throws a <see cref="FormatException"/>.</param>
    /// <param name="text">Returns the text form.</param>
    /// <param name="problem">The problem of a value, from the option's name and the value, if any.</param>
    public static OptionKind<T> Labelled<T>(
        string valueName, Func<string, string, T> parse, Func<T, string> text, Func<string, T, string?> problem) =>
        new TextKind<T>(valueName, parse, text, problem, []);

    /// <summary>A value whose type parses its text form.</summary>
    /// <param name="valueName">The name of a value in help texts.</param>
    /// <param name="parse">Parses the text form; throws a <see cref="FormatException"/>.</param>
    /// <param name="text">Returns the text form; by default that of the type.</param>
    /// <param name="problem">The problem of a value, from the option's name and the value; by default, that it is missing.</param>
    /// <param name="choices">The words that it may be, for completion.</param>
    public static OptionKind<T> Text<T>(
        string valueName, Func<string, T> parse, Func<T, string>? text = null, Func<string, T, string?>? problem = null,
        params IReadOnlyList<string> choices) => new TextKind<T>(
        valueName,
        (label, words) =>
        {
            try
            {
                return parse(words);
            }
            catch (FormatException e)
            {
                throw new FormatException($"{label}: {e.Message}", e);
            }
        },
        text ?? (value => $"{value}"),
        problem ?? ((name, value) => value is null ? $"{name} is missing." : null),
        choices);

    private static FormatException Wrong(JsonElement value, string field, string mustBe) =>
        new($"{field} is {value.GetRawText()}; {mustBe}.");

    private sealed class FlagKind(string? valueName) : OptionKind<bool>
    {
        public override string? ValueName => valueName;

        public override bool Parse(string label, string text) =>
            bool.TryParse(text, out bool value) ? value : throw new FormatException($"{label} is {Quoted(text)}; it must be true or "
                + "false.");

        public override string Text(bool value) => value ? "true" : "false";

        public override void Write(Utf8JsonWriter json, string field, bool value) => json.WriteBoolean(field, value);

        public override bool Read(JsonElement value, string field) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(value, field, "it must be true or false");
    }

    private sealed class NumberKind(Func<double, string?> problem) : OptionKind<double>
    {
        public override string ValueName => "X";

        public override double Parse(string label, string text) => OptionText.Number(label, text);

        public override string Text(double value) => FormattableString.Invariant($"{value}");

        public override string? Problem(string name, double value) =>
            problem(value) is { } wrong ? FormattableString.Invariant($"{name} is {value}; {wrong}") : null;

        public override void Write(Utf8JsonWriter json, string field, double value) => json.WriteNumber(field, value);

        public override double Read(JsonElement value, string field)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number))
                throw Wrong(value, field, "it must be a number");
            return problem(number) is { } wrong ? throw Wrong(value, field, wrong.TrimEnd('.')) : number;
        }
    }

    private sealed class LimitKind : OptionKind<double>
    {
        public override string ValueName => "X|none";

        public override double Parse(string label, string text) => OptionText.Limit(label, text);

        public override string Text(double value) =>
            double.IsPositiveInfinity(value) ? "none" : FormattableString.Invariant($"{value}");

        public override string? Problem(string name, double value) => value > 0
            ? null
            : FormattableString.Invariant($"{name} is {value}; it must be above 0, or infinity for no limit.");

        public override void Write(Utf8JsonWriter json, string field, double value)
        {
            if (double.IsPositiveInfinity(value))
                json.WriteNull(field); // JSON has no infinity
            else
                json.WriteNumber(field, value);
        }

        public override double Read(JsonElement value, string field) => value.ValueKind == JsonValueKind.Null
            ? double.PositiveInfinity
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double limit) && double.IsFinite(limit) && limit > 0
                ? limit
                : throw Wrong(value, field, "it must be a number above 0, or null for no limit");
    }

    private sealed class WholeKind(string mustBe, Predicate<int> isAllowed) : OptionKind<int>
    {
        public override string ValueName => "N";

        public override int Parse(string label, string text) => OptionText.WholeNumber(label, text);

        public override string Text(int value) => FormattableString.Invariant($"{value}");

        public override string? Problem(string name, int value) =>
            isAllowed(value) ? null : FormattableString.Invariant($"{name} is {value}; {mustBe}.");

        public override void Write(Utf8JsonWriter json, string field, int value) => json.WriteNumber(field, value);

        public override int Read(JsonElement value, string field) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && isAllowed(number)
                ? number
                : throw Wrong(value, field, mustBe);
    }

    private sealed class ChoiceKind<T>(string valueName) : OptionKind<T>
        where T : struct, Enum
    {
        public override string ValueName => valueName;

        public override IReadOnlyList<string> Choices => OptionText.All<T>();

        public override T Parse(string label, string text) => OptionText.Value<T>(label, text);

        public override string Text(T value) => OptionText.Of(value);

        public override string? Problem(string name, T value) =>
            Enum.IsDefined(value) ? null : $"{name} is {value}, which is not a defined value.";

        public override void Write(Utf8JsonWriter json, string field, T value) => json.WriteString(field, Field(value));

        public override T Read(JsonElement value, string field)
        {
            T[] found = [.. Enum.GetValues<T>().Where(one => value.ValueKind == JsonValueKind.String && Field(one) == value.GetString())];
            return found is [T only]
                ? only
                : throw Wrong(value, field, $"it must be {OptionText.Listing([.. Enum.GetValues<T>().Select(Field)])}");
        }

        private static string Field(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }

    private sealed class TextKind<T>(
        string valueName, Func<string, string, T> parse, Func<T, string> text, Func<string, T, string?> problem,
        IReadOnlyList<string> choices) : OptionKind<T>
    {
        public override string ValueName => valueName;

        public override IReadOnlyList<string> Choices => choices;

        public override T Parse(string label, string words) => parse(label, words);

        public override string Text(T value) => text(value);

        public override string? Problem(string name, T value) => problem(name, value);

        public override void Write(Utf8JsonWriter json, string field, T value) => json.WriteString(field, text(value));

        public override T Read(JsonElement value, string field) => value.ValueKind == JsonValueKind.String
            ? parse(field, value.GetString()!)
            : throw Wrong(value, field, "it must be a text");
    }
}
