using System.Collections.Immutable;
using System.Text.Json;

namespace Elman.Sequences.Stages;

/// <summary>
/// The optional stages between missing values and standardisation, in this order: the scale of each sequence, differences, n-grams,
/// patches. Immutable; equal if all parts are equal.
/// </summary>
/// <param name="ScaleSequences">Whether each sequence is scaled separately.</param>
/// <param name="Differences">The maximum order of the added differences; 0 for none.</param>
/// <param name="Patch">The number of steps of a patch; 0 for none.</param>
/// <param name="DifferencesAlone">Whether first differences replace the values.</param>
/// <param name="Ngrams">The n-grams of symbols that are added; <see langword="null"/> for none.</param>
internal sealed record InputStages(
    bool ScaleSequences = false, int Differences = 0, int Patch = 0, bool DifferencesAlone = false, Ngrams? Ngrams = null)
{
    /// <summary>The maximum number of inputs of a model per step.</summary>
    public const int MostInputs = 65_536;

    /// <summary>No stage.</summary>
    public static InputStages None { get; } = new();

    /// <summary>Whether there is no stage.</summary>
    public bool IsNone => this == None;

    /// <summary>The number of values that differences add to a step for each channel without symbols.</summary>
    private int Added => Math.Clamp(DifferencesAlone ? Differences - 1 : Differences, 0, 2);

    /// <summary>The number of values that n-grams add to a step for each symbol channel.</summary>
    private int PerSymbol => Ngrams?.PerChannel ?? 0;

    private int StepsOfAPatch => Math.Max(Patch, 1);

    /// <summary>Returns the number of inputs of a model per step.</summary>
    /// <param name="missing">The treatment of missing values.</param>
    /// <param name="channels">The number of channels of the data.</param>
    /// <param name="symbols">The number of channels that hold symbols.</param>
    public long InputsOf(MissingValues missing, int channels, int symbols) =>
        (((long)FactorOf(missing) * channels) + ((long)Added * (channels - symbols)) + ((long)PerSymbol * symbols)) * StepsOfAPatch;

    /// <summary>Returns the number of data channels that results in a number of inputs; an arbitrary number if there is none.</summary>
    public int ChannelsOf(int inputs, MissingValues missing, int symbols) =>
        (int)(((inputs / StepsOfAPatch) + ((long)(Added - PerSymbol) * symbols)) / (FactorOf(missing) + Added));

    /// <summary>The number of model inputs that are rows of n-grams, the last ones.</summary>
    /// <param name="symbols">The number of channels that hold symbols.</param>
    public int RowsOfNgrams(int symbols) => PerSymbol * symbols;

    /// <summary>Returns the problems of the stages, one sentence each. The sentences name the properties of
    /// <see cref="TrainingOptions"/>.</summary>
    public IReadOnlyList<string> FindProblems(MissingValues missing, int channels, int symbols)
    {
        var problems = new List<string>();
        if (Differences is < 0 or > 2)
            problems.Add(FormattableString.Invariant($"Differences is {Differences}; it may be 0, 1 or 2."));
        if (DifferencesAlone && Differences == 0)
            problems.Add("DifferencesAlone replaces the values with differences, but Differences is 0; set it to 1 or 2 as well.");
        if (Patch is < 0 or 1)
            problems.Add(FormattableString.Invariant($"Patch is {Patch}; it must be at least 2, or 0 for none."));
        if (IsNone || problems.Count > 0)
            return problems;
        if (symbols > 0 && symbols == channels && (ScaleSequences || Differences > 0))
        {
            string stage = ScaleSequences ? nameof(ScaleSequences) : nameof(Differences);
            problems.Add($"{stage} needs numeric channels, but all channels are symbols (Embed); leave it at its default.");
        }
        long inputs = InputsOf(missing, channels, symbols);
        if (inputs > MostInputs)
        {
            string ofAStep = FormattableString.Invariant($"{inputs / StepsOfAPatch} value{(inputs == StepsOfAPatch ? "" : "s")} per step");
            string what = FormattableString.Invariant($"Patch is {Patch}; with {ofAStep} that makes {Amount.Of(inputs, "input")}");
            problems.Add(FormattableString.Invariant($"{what}, more than the allowed {MostInputs}. Choose a smaller one."));
        }
        return problems;
    }

    /// <summary>Returns the stages that follow the one for missing values.</summary>
    /// <param name="first">The stage for missing values.</param>
    public IEnumerable<Stage> Behind(Stage first)
    {
        ImmutableArray<bool> values = first.Outputs;
        if (ScaleSequences)
            yield return new ScaleStage(values);
        if (Differences > 0)
        {
            var differences = new DifferenceStage(Differences, DifferencesAlone, values);
            values = differences.Outputs;
            yield return differences;
        }
        if (Ngrams is not null)
        {
            var ngrams = new NgramStage(Ngrams, values);
            values = ngrams.Outputs;
            yield return ngrams;
        }
        if (Patch > 0)
            yield return new PatchStage(Patch, values);
    }

    /// <summary>Writes the list of stages.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (Stage stage in Behind(new MissingStage(MissingValues.Refuse, [0], [true])))
            stage.Write(json);
        json.WriteEndArray();
    }

    /// <summary>Reads the list of stages.</summary>
    /// <exception cref="FormatException">A stage is unknown or listed twice, is out of order, or has no valid number.</exception>
    public static InputStages Read(JsonElement list)
    {
        InputStages read = None;
        string[] order = [ScaleStage.Name, DifferenceStage.Name, NgramStage.Name, PatchStage.Name];
        int last = -1;
        foreach (JsonElement stage in list.EnumerateArray())
        {
            string? name = stage.TryGetProperty("stage", out JsonElement text) ? text.GetString() : null;
            int place = Array.IndexOf(order, name);
            if (place < 0)
                throw new FormatException($"the stage {Quoted(name)} is unknown; this version supports {string.Join(", ", order)}.");
            if (place <= last)
            {
                throw new FormatException(
                    $"the stage {Quoted(name)} comes after {Quoted(order[last])}; each stage can occur once, in the order "
                        + $"{string.Join(", ", order)}.");
            }
            last = place;
            read = name switch
            {
                DifferenceStage.Name =>
                    read with { Differences = DifferenceStage.Read(stage), DifferencesAlone = DifferenceStage.ReadIsAlone(stage) },
                NgramStage.Name => read with { Ngrams = NgramStage.Read(stage) },
                PatchStage.Name => read with { Patch = PatchStage.Read(stage) },
                _ => read with { ScaleSequences = true },
            };
        }
        return read.IsNone ? throw new FormatException("the list of stages is empty.") : read;
    }

    private static int FactorOf(MissingValues missing) => missing == MissingValues.Indicate ? 3 : 1;
}
