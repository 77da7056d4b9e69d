using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Elman.Evaluations;
using Elman.Files;
using Elman.Models;
using Elman.Training;

namespace Elman.Persistence;

/// <summary>The texts in a model file's metadata: small JSON documents, written and read field by field, without reflection.</summary>
internal static class MetadataJson
{
    private static readonly Dictionary<string, CalendarCycles> _cycles = new(StringComparer.Ordinal)
    {
        ["hour"] = CalendarCycles.Hour,
        ["weekday"] = CalendarCycles.Weekday,
        ["month"] = CalendarCycles.Month,
    };

    public static string Write(IReadOnlyList<string> names) => Text(json => Array(json, names, json.WriteStringValue));

    public static IReadOnlyList<string> ReadNames(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        return Names(document.RootElement);
    }

    /// <remarks>Fields without a value are left out.</remarks>
    public static string Write(TableColumns columns) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("long", columns.IsLong);
        foreach ((string role, string? name) in ((string, string?)[])[("id", columns.Id), ("time", columns.Time), ("group", columns.Group)])
            if (name is not null)
                json.WriteString(role, name);
        if (columns.TimeFormat is { } format)
            json.WriteString("timeFormat", format);
        if (columns.Resampled is { } resampled)
        {
            json.WriteNumber("resampledTicks", resampled.Interval.Ticks);
            json.WriteString("resampledValue", resampled.Value == ResampledValue.Last ? "last" : "mean");
        }
        if (columns.Windowing is { } windows)
        {
            json.WriteNumber("window", windows.Length);
            json.WriteNumber("stride", windows.Stride);
            json.WriteString("windowLabel", windows.Label == WindowLabel.Last ? "last" : "majority");
        }
        json.WritePropertyName("labels");
        Array(json, columns.Labels, json.WriteStringValue);
        if (columns.LabelIsLast)
            json.WriteBoolean("labelIsLast", true);
        if (columns.HasDecimalComma)
            json.WriteBoolean("decimalComma", true);
        if (columns.Texts.Count > 0)
        {
            json.WritePropertyName("texts");
            Array(json, columns.Texts, json.WriteStringValue);
        }
        json.WriteEndObject();
    });

    public static TableColumns ReadColumns(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        return new TableColumns
        {
            IsLong = Field(root, "long").GetBoolean(),
            Id = Name("id"),
            Time = Name("time"),
            Group = Name("group"),
            Windowing = root.TryGetProperty("window", out JsonElement window) && window.GetInt32() is > 0 and var length
                && Field(root, "stride").GetInt32() is > 0 and var stride
                ? new Windowing(length, stride, Name("windowLabel") == "last" ? WindowLabel.Last : WindowLabel.Majority)
                : null,
            TimeFormat = Name("timeFormat"),
            Resampled = root.TryGetProperty("resampledTicks", out JsonElement ticks) && ticks.GetInt64() is > 0 and var interval
                ? new Resampling(new TimeSpan(interval), Name("resampledValue") == "last" ? ResampledValue.Last : ResampledValue.Mean)
                : null,
            Labels = Names(Field(root, "labels")),
            LabelIsLast = root.TryGetProperty("labelIsLast", out JsonElement isLast) && isLast.GetBoolean(),
            HasDecimalComma = root.TryGetProperty("decimalComma", out JsonElement comma) && comma.GetBoolean(),
            Texts = root.TryGetProperty("texts", out JsonElement texts) ? Names(texts) : [],
        };

        string? Name(string role) => root.TryGetProperty(role, out JsonElement name) ? name.GetString() : null;
    }

    /// <remarks>Fields without a value are left out.</remarks>
    public static string Write(Covariates covariates) => Text(json =>
    {
        json.WriteStartObject();
        if (covariates.KnownAhead > 0)
            json.WriteNumber("knownAhead", covariates.KnownAhead);
        if (covariates.Calendar != CalendarCycles.None)
        {
            json.WritePropertyName("calendar");
            Array(json, [.. _cycles.Where(cycle => covariates.Calendar.HasFlag(cycle.Value)).Select(cycle => cycle.Key)],
                json.WriteStringValue);
            json.WriteNumber("offsetMinutes", covariates.Offset.TotalMinutes);
        }
        json.WriteEndObject();
    });

    /// <exception cref="FormatException">A cycle is unknown, or a number of channels is negative.</exception>
    public static Covariates ReadCovariates(string text, int horizon)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        int known = root.TryGetProperty("knownAhead", out JsonElement count) ? count.GetInt32() : 0;
        CalendarCycles cycles = CalendarCycles.None;
        foreach (string name in root.TryGetProperty("calendar", out JsonElement calendar) ? Names(calendar) : [])
            cycles |= _cycles.TryGetValue(name, out CalendarCycles cycle)
                ? cycle
                : throw new FormatException($"the cycle {Quoted(name)} is not known.");
        double offset = root.TryGetProperty("offsetMinutes", out JsonElement minutes) ? minutes.GetDouble() : 0;
        return known >= 0 && Math.Abs(offset) <= 14 * 60
            ? new Covariates(known, cycles, horizon) { Offset = TimeSpan.FromMinutes(offset) }
            : throw new FormatException($"knownAhead is {known}, or offsetMinutes {offset}.");
    }

    public static string Write(StepInterval interval) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("usualTicks", interval.Usual.Ticks);
        json.WriteNumber("longestTicks", interval.Longest.Ticks);
        json.WriteEndObject();
    });

    /// <exception cref="FormatException">A length is not above 0, or the longest interval is shorter than the usual one.</exception>
    public static StepInterval ReadInterval(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        long usual = Field(document.RootElement, "usualTicks").GetInt64(), longest = Field(document.RootElement, "longestTicks").GetInt64();
        return usual > 0 && longest >= usual
            ? new StepInterval(new TimeSpan(usual), new TimeSpan(longest))
            : throw new FormatException($"usualTicks is {usual}, and longestTicks {longest}.");
    }

    public static string Write(ForecastBands bands) => Text(json =>
    {
        json.WriteStartArray();
        for (int level = 0; level < bands.Levels.Count; level++)
        {
            json.WriteStartObject();
            json.WriteNumber("level", bands.Levels[level]);
            if (bands.Cases is { } cases)
                json.WriteNumber("cases", cases);
            json.WritePropertyName("errors");
            Array(json, bands.Errors[level], json.WriteNumberValue);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <exception cref="FormatException">A level is not between 0 and 1, levels do not ascend, or quantiles cross.</exception>
    public static ForecastBands ReadBands(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        (double Level, float[] Errors)[] all = [.. document.RootElement.EnumerateArray().Select(quantile => (
            Field(quantile, "level").GetDouble(),
            Field(quantile, "errors").EnumerateArray().Select(error => error.GetSingle()).ToArray()))];
        for (int i = 0; i < all.Length; i++)
        {
            if (!(all[i].Level is > 0 and < 1) || !all[i].Errors.All(float.IsFinite) || all[i].Errors.Length != all[0].Errors.Length)
                throw new FormatException("the quantiles of errors have an invalid level or error.");
            if (i > 0 && (all[i].Level <= all[i - 1].Level || all[i].Errors.Zip(all[i - 1].Errors).Any(pair => pair.First < pair.Second)))
                throw new FormatException("the quantiles of errors are not ascending.");
        }
        int? cases = document.RootElement.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            && first.TryGetProperty("cases", out JsonElement count) ? count.GetInt32() : null;
        return new ForecastBands([.. all.Select(quantile => quantile.Level)], [.. all.Select(quantile => quantile.Errors)])
        { Cases = cases };
    }

    public static string Write(Standardization standardization) => Text(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("means");
        Array(json, standardization.Means, json.WriteNumberValue);
        json.WritePropertyName("deviations");
        Array(json, standardization.Deviations, json.WriteNumberValue);
        json.WriteEndObject();
    });

    public static string Write(IReadOnlyList<double> numbers) => Text(json => Array(json, numbers, json.WriteNumberValue));

    public static IReadOnlyList<double> ReadNumbers(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(number => number.GetDouble())];
    }

    public static Standardization ReadStandardization(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        return new Standardization(
            Field(root, "means").EnumerateArray().Select(number => number.GetDouble()),
            Field(root, "deviations").EnumerateArray().Select(number => number.GetDouble()));
    }

    /// <remarks>An empty name is left out.</remarks>
    public static string Write(IReadOnlyList<MemberFile> members) => Text(json =>
    {
        json.WriteStartArray();
        foreach (MemberFile member in members)
        {
            json.WriteStartObject();
            if (member.Name.Length > 0)
                json.WriteString("name", member.Name);
            json.WriteNumber("weight", member.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <exception cref="FormatException">There is no member, there are too many, or weights are not above 0 with a sum of 1.</exception>
    public static IReadOnlyList<(string Name, double Weight)> ReadMembers(string text, int most)
    {
        using JsonDocument document = ModelJson.Parse(text);
        (string Name, double Weight)[] members = [.. document.RootElement.EnumerateArray().Take(most + 1)
            .Select(member => (member.TryGetProperty("name", out JsonElement name) ? name.GetString() ?? "" : "",
                Field(member, "weight").GetDouble()))];
        if (members.Length == 0 || members.Length > most)
            throw new FormatException($"members lists {(members.Length == 0 ? "none" : "too many")}; there may be 1 to {most}.");
        return members.All(member => member.Weight > 0) && Math.Abs(members.Sum(member => member.Weight) - 1) < 1e-6
            ? members
            : throw new FormatException("the weights of members must be above 0 and add up to 1.");
    }

    /// <remarks>Without the figures that differ from run to run: the same seed and data give the same file, byte for byte.</remarks>
    public static string Write(TrainingSummary training) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("bestEpoch", training.BestEpoch);
        if (double.IsFinite(training.TrainLoss))
            json.WriteNumber("trainLoss", training.TrainLoss);
        if (training.ValidationLoss is double loss && double.IsFinite(loss))
            json.WriteNumber("validationLoss", loss);
        if (training.ValidationAccuracy is double accuracy)
            json.WriteNumber("validationAccuracy", accuracy);
        if (training.LeftOut is { } leftOut && double.IsFinite(leftOut.Loss))
            Write(json, leftOut);
        if (training.GuessLoss is double guess)
            json.WriteNumber("guessLoss", guess);
        if (training.DivergedEpoch is int diverged)
            json.WriteNumber("divergedEpoch", diverged);
        json.WriteNumber("sequences", training.Sequences);
        json.WriteNumber("seed", training.Seed);
        json.WriteBoolean("cancelled", training.Cancelled);
        json.WriteEndObject();
    });

    public static TrainingSummary ReadTraining(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        return new TrainingSummary
        {
            Epochs = Field(root, "epochs").GetInt32(),
            BestEpoch = Field(root, "bestEpoch").GetInt32(),
            TrainLoss = Optional(root, "trainLoss") ?? double.NaN,
            ValidationLoss = Optional(root, "validationLoss"),
            ValidationAccuracy = Optional(root, "validationAccuracy"),
            LeftOut = root.TryGetProperty("leftOut", out JsonElement leftOut) ? ReadLeftOut(leftOut) : null,
            GuessLoss = Optional(root, "guessLoss"),
            DivergedEpoch = root.TryGetProperty("divergedEpoch", out JsonElement diverged) ? diverged.GetInt32() : null,
            Sequences = Field(root, "sequences").GetInt32(),
            Seed = Field(root, "seed").GetInt32(),
            Cancelled = Field(root, "cancelled").GetBoolean(),
        };
    }

    private static void Write(Utf8JsonWriter json, LeftOutResult leftOut)
    {
        json.WriteStartObject("leftOut");
        json.WriteNumber("cases", leftOut.Cases);
        json.WriteNumber("loss", leftOut.Loss);
        if (leftOut.Accuracy is double accuracy)
            json.WriteNumber("accuracy", accuracy);
        json.WriteEndObject();
    }

    private static LeftOutResult ReadLeftOut(JsonElement root) =>
        new(Field(root, "cases").GetInt32(), Field(root, "loss").GetDouble(), Optional(root, "accuracy"));

    /// <remarks>A model has at most as many channels and outputs, so that a long list of short names can't take memory.</remarks>
    private static string[] Names(JsonElement array) => array.GetArrayLength() > ModelSpec.MaxSize
        ? throw new FormatException(FormattableString.Invariant(
            $"there are {array.GetArrayLength()} names; a model may have at most {ModelSpec.MaxSize}."))
        : [.. array.EnumerateArray().Select(name => name.GetString() ?? throw new FormatException("a name is null."))];

    /// <summary>Returns a required field.</summary>
    /// <exception cref="FormatException">The check fails.</exception>
    public static JsonElement Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement field) ? field : throw new FormatException($"{name} is missing.");

    private static double? Optional(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static void Array<TItem>(Utf8JsonWriter json, IReadOnlyList<TItem> items, Action<TItem> write)
    {
        json.WriteStartArray();
        foreach (TItem item in items)
            write(item);
        json.WriteEndArray();
    }

    /// <summary>Returns the written JSON as text.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
