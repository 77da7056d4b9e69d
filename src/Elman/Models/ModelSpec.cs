using Elman.Cells;
using Elman.Packing;
using Elman.RandomNumbers;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Models;

/// <summary>The specification of a model: everything except its weights.</summary>
internal sealed record ModelSpec
{
    /// <summary>
    /// The maximum number of inputs, or of outputs such as classes. The size of a matrix is also limited by <see cref="ParameterSlice"/>.
    /// </summary>
    public const int MaxSize = InputStages.MostInputs;

    /// <summary>
    /// The maximum number of units whose square matrix a <see cref="ParameterSlice"/> can hold: the maximum for a cell of one gate.
    /// </summary>
    public const int MaxHidden = 16_383;

    /// <summary>The maximum number of layers.</summary>
    public const int MaxLayers = 64;

    /// <summary>The cell with its options.</summary>
    public CellOptions Cell { get; init; } = new RnnOptions();

    /// <summary>The number of inputs of a step; a symbol is one input, its number.</summary>
    public required int InputSize { get; init; }

    /// <summary>The treatment of missing values in the preprocessing.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>The symbol channels, whose symbols are replaced by learned vectors.</summary>
    public SymbolTables Symbols { get; init; } = SymbolTables.None;

    /// <summary>The other stages of the preprocessing.</summary>
    public InputStages Stages { get; init; } = InputStages.None;

    /// <summary>The number of values of a step after every symbol is replaced by its vector.</summary>
    public long EmbeddedSize => Symbols.InputsOf(InputSize - Stages.RowsOfNgrams(Symbols.Count));

    /// <summary>The number of channels of the data.</summary>
    public int Channels => Stages.ChannelsOf(InputSize, Missing, Symbols.Count);

    /// <summary>The number of units of each recurrent layer, in each direction.</summary>
    public required LayerSizes Layers { get; init; }

    /// <summary>Whether each layer consists of two, one for each direction.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>How the outputs of both directions are merged.</summary>
    public DirectionMerge Merge { get; init; }

    /// <summary>Whether every layer but the first adds its inputs to its outputs.</summary>
    public bool Residual { get; init; }

    /// <summary>The zoneout rate: in training the probability that a unit keeps its previous state, in inference the weight of the previous
    /// state.</summary>
    public double Zoneout { get; init; }

    /// <summary>How the outputs of the last layer are pooled over the steps.</summary>
    public Readout Readout { get; init; } = Readout.Last;

    /// <summary>The task.</summary>
    public ModelTask Task { get; init; }

    /// <summary>
    /// The number of outputs, for a sequence or for every step: scores of classes, targets, or the channels of all forecast steps.
    /// </summary>
    public required int OutputSize { get; init; }

    /// <summary>The number of steps of a forecast.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Whether it has an output for every step.</summary>
    public bool ReadsEveryStep => Task is ModelTask.Tag or ModelTask.Forecast;

    /// <summary>
    /// The reason why the model needs whole sequences, as a sentence with a solution; <see langword="null"/> if it can run on a stream.
    /// </summary>
    public string? StreamProblem => this switch
    {
        { Bidirectional: true } => "A bidirectional model reads every sequence from its end too, so it can say nothing before the last "
            + "step has come: it can't stream. Use whole sequences, or train a model that is not bidirectional.",
        { Readout.Layout.HasHalves: true } => "This model counts both halves of a sequence, and where the second begins is not known "
            + "before the last step has come: it can't stream. Use whole sequences, or train with Readout at counts or counts-full.",
        { Missing: MissingValues.Linear } => "This model fills missing values on a line to the next value, which has not come yet: "
            + "it can't stream. Use whole sequences, or train with Missing at Last, Mean, Mask or Indicate.",
        { Stages.ScaleSequences: true } => "This model scales every sequence by its own mean and deviation, which are not known before the "
            + "last step has come: it can't stream. Use whole sequences, or train without ScaleSequences.",
        { Stages.Ngrams.HasEndings: true } => "This model looks at how a sequence ends, and which step is the last is not known before "
            + "it is over: it can't stream. Use whole sequences, or train without Endings.",
        _ => null,
    };

    /// <summary>Returns the number of outputs of a layer, of both directions together.</summary>
    public int WidthOf(int layer) => (Bidirectional && Merge == DirectionMerge.Concatenate ? 2 : 1)
        * (Cell.ProjectionSize > 0 ? Cell.ProjectionSize : Layers[layer]);

    /// <summary>Returns the number of inputs of a layer; the first one reads numbers, then the vectors of symbols.</summary>
    public int InputsOf(int layer) => layer == 0 ? checked((int)EmbeddedSize) : WidthOf(layer - 1);

    /// <summary>
    /// Returns the problems of the shape of the model, one sentence each. The sentences name the properties of
    /// <see cref="TrainingOptions"/>.
    /// </summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        problems.AddRange(Cell is AutoOptions ? [CellCatalog.Unknown(Cell.Name)] : Cell.FindProblems());
        bool isCell = problems.Count == 0;
        if (Layers is null || Layers.Count is 0 or > MaxLayers)
        {
            problems.Add(FormattableString.Invariant($"Layers has {Layers?.Count ?? 0} sizes; it may have 1 to {MaxLayers}."));
        }
        else
        {
            int mostUnits = isCell ? LayerFactory.MaxHidden(Cell) : MaxHidden;
            string forCell = mostUnits == MaxHidden ? "" : $" for {Cell}";
            if (Layers.Any(units => units < 1 || units > mostUnits))
                problems.Add(FormattableString.Invariant($"Layers is {Layers}; each may have 1 to {mostUnits} units{forCell}."));
            if (Residual && Layers.Count < 2)
                problems.Add("Residual connects the layers above the first, but Layers has only one.");
            if (Cell.ProjectionSize > mostUnits)
                problems.Add(
                    FormattableString.Invariant($"Projection is {Cell.ProjectionSize}; it may be at most {mostUnits}{forCell}."));
            if (Residual && Cell.ProjectionSize == 0 && Layers.Distinct().Count() > 1)
                problems.Add($"Layers is {Layers}; with Residual all must have the same size, since what goes into a layer is "
                    + "added to what comes out.");
        }
        if (!Enum.IsDefined(Merge))
            problems.Add($"Merge is {Merge}, which is not a defined value.");
        else if (Merge != DirectionMerge.Concatenate && !Bidirectional)
            problems.Add($"Merge is {Merge}, but there is only one direction; set Bidirectional, or leave Merge at its default.");
        if (RandomMask.Problem(Zoneout) is { } ofZoneout)
            problems.Add(FormattableString.Invariant($"Zoneout is {Zoneout}; {ofZoneout}"));
        if (ReadsEveryStep && Readout.Kind != ReadoutKind.Last)
            problems.Add(
                $"Readout is {Readout}, but a model that gives an answer at every step reads them all; leave Readout at its default.");
        else if (Layers is [.., >= 1] && FindReadoutProblem(WidthOf(Layers.Count - 1)) is { } ofReadout)
            problems.Add(ofReadout);
        else if (Layers is [.., >= 1] && Readout.Kind == ReadoutKind.Attention && WidthOf(Layers.Count - 1) > MaxHidden)
            problems.Add(FormattableString.Invariant(
                $"Readout is attention, which takes at most {MaxHidden} outputs; the uppermost layer has {WidthOf(Layers.Count - 1)}."));
        if (Cell.IsReservoir && Readout.Kind == ReadoutKind.Attention)
            problems.Add($"Readout is {Readout}, which learns by gradients; {Cell} learns its output layer alone, so choose last, "
                + "mean, max or counts.");
        if (Cell.IsReservoir && Zoneout != 0)
            problems.Add(Cell is EsnOptions
                ? $"Zoneout would make the units of {Cell} leak twice; leave it at 0 and choose LeakRate."
                : $"Zoneout is for training by gradients; {Cell} learns its output layer alone, so leave it at 0.");
        if (Task == ModelTask.Forecast && Bidirectional)
            problems.Add("A forecaster that is Bidirectional would look at the steps that it forecasts.");
        if (!Enum.IsDefined(Missing))
            problems.Add($"Missing is {Missing}, which is not a defined value.");
        else if (Task == ModelTask.Forecast && Missing == MissingValues.Linear)
            problems.Add("Missing is Linear, which looks at values behind a gap; a forecaster would look at the steps that it forecasts.");
        problems.AddRange(Stages.FindProblems(Missing, Channels, Symbols.Count));
        if (Task == ModelTask.Forecast && Stages.DifferencesAlone)
            problems.Add("DifferencesAlone takes the values away, which a forecaster needs; leave it at its default.");
        if (Stages.IsNone && InputSize > MaxSize)
            problems.Add($"The data have {Amount.Of(Channels, "channel")}, which makes {Amount.Of(InputSize, "input")}; "
                + FormattableString.Invariant($"a model may have at most {MaxSize}. Leave channels out."));
        if (Task != ModelTask.Forecast && OutputSize > MaxSize)
            problems.Add(FormattableString.Invariant($"The data have {OutputSize} {(Task == ModelTask.Regress ? "targets" : "classes")}; ")
                + FormattableString.Invariant($"a model may have at most {MaxSize}. Leave some out, or bring them together."));
        if (Channels < 1 || InputSize != Stages.InputsOf(Missing, Channels, Symbols.Count))
            problems.Add(Stages.IsNone
                ? FormattableString.Invariant($"The inputs are {InputSize}; where Missing is {Missing}, ")
                    + FormattableString.Invariant($"there are {Stages.InputsOf(Missing, 1, 0)} for each channel.")
                : FormattableString.Invariant($"The inputs are {InputSize}, which its stages make of no number of channels."));
        if (ReadsEveryStep && Stages.ScaleSequences)
            problems.Add("ScaleSequences needs a whole sequence, but a model that gives an answer at every step would look at steps that "
                + "have not come; leave it at its default.");
        if (ReadsEveryStep && Stages.Patch > 0)
            problems.Add(FormattableString.Invariant(
                $"Patch is {Stages.Patch}, but a model that gives an answer at every step takes the steps one by one; leave it at 0."));
        if (ReadsEveryStep && Stages.Ngrams is { HasEndings: true })
            problems.Add("Endings looks at how a sequence ends, but a model that gives an answer at every step would look at steps that "
                + "have not come; leave it at its default.");
        if (Horizon < 1 || (Task == ModelTask.Forecast && (long)Horizon * Channels > MaxSize))
            problems.Add(FormattableString.Invariant(
                $"Horizon is {Horizon}; it must be at least 1, and with {Channels} channels at most {MaxSize / Math.Max(Channels, 1)}."));
        problems.AddRange(FindSymbolProblems());
        return problems;
    }

    /// <summary>Returns the problems of the symbol channels.</summary>
    public IEnumerable<string> FindSymbolProblems()
    {
        if (Symbols.Count == 0)
            yield break;
        if (Symbols.FirstOrDefault(table => table.Channel < 1 || table.Channel > Channels) is { Size: > 0 } outside)
            yield return FormattableString.Invariant($"Embed names channel {outside.Channel}; the data have {Channels}.");
        if (Symbols.Select(table => table.Channel).Distinct().Count() < Symbols.Count)
            yield return "Embed names a channel more than once.";
        if (Symbols.Any(table => table.Symbols is < 1 or > SymbolTable.MaxSymbols || table.Size is < 1 or > MaxSize))
            yield return FormattableString.Invariant(
                $"Embed may have 1 to {SymbolTable.MaxSymbols} symbols of a channel, in vectors of 1 to {MaxSize} numbers.");
        else if (EmbeddedSize > MaxSize)
            yield return FormattableString.Invariant(
                $"Embed makes {EmbeddedSize} numbers of a step; there may be at most {MaxSize}.");
        if (Cell.IsReservoir)
            yield return $"Embed learns its vectors by gradients; {Cell} learns its output layer alone, so leave it at its default.";
        if (Task == ModelTask.Forecast)
            yield return "Embed takes a channel as symbols, which a forecaster would have to forecast as numbers; leave it at its default.";
        if (Stages.DifferencesAlone)
            yield return "DifferencesAlone replaces values by differences, but those of Embed are symbols, which have none; "
                + "leave one of the two at its default.";
        if (Stages.Patch > 0)
            yield return FormattableString.Invariant($"Patch is {Stages.Patch}, but the values of Embed are symbols, which have no place ")
                + "in a patch; leave one of the two at its default.";
        if (Missing is MissingValues.Mean or MissingValues.Linear or MissingValues.Indicate)
            yield return $"Missing is {Missing}, which computes with values, but those of Embed are symbols; choose Mask or Last.";
    }

    private string? FindReadoutProblem(int width) => Readout.CustomSizes(width) switch
    {
        ( < 1 or > MaxSize, _) and var (features, _) => FormattableString.Invariant(
            $"Readout is {Readout}, which has {features} features for {Amount.Of(width, "output")}; it must have 1 to {MaxSize}."),
        (_, < 0 or > MaxSize) and var (_, state) => FormattableString.Invariant(
            $"Readout is {Readout}, whose state has {state} numbers for {Amount.Of(width, "output")}; it may have 0 to {MaxSize}."),
        _ => null,
    };
}
