using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>A cell in the catalog: its name, the options it takes, and how to make a layer of it.</summary>
internal abstract class CellEntry
{
    /// <summary>The name in options and model files.</summary>
    public abstract string Name { get; }

    /// <summary>The options it takes beyond those that every cell has, in the order in which a model file lists them.</summary>
    public abstract IReadOnlyList<CellOption> Options { get; }

    /// <summary>Whether its weights stay as they were drawn: it is a reservoir, of which the output layer learns to read.</summary>
    public virtual bool IsReservoir => false;

    /// <summary>
    /// Units of its only layer where nothing else is chosen, of both directions together where they stand beside each other.
    /// </summary>
    /// <param name="featuresOfAUnit">Numbers that the readout makes of a unit.</param>
    public virtual int DefaultUnits(int featuresOfAUnit) => 96;

    /// <summary>Makes a layer of the cell and adds its parameters to the plan's layout.</summary>
    public abstract RecurrentLayer<T> CreateLayer<T>(LayerPlan<T> plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// What is wrong with options for this cell, one sentence each: values out of range, and options that only others take.
    /// </summary>
    public IReadOnlyList<string> FindProblems(CellOptions options) =>
        [.. options.FindProblems(), .. options.Changed.Select(Refusal).OfType<string>()];

    /// <summary>Says who takes an option, or <see langword="null"/> where this cell does.</summary>
    public string? Refusal(CellOption option) => Options.Contains(option)
        ? null
        : $"{option} is for {Either([.. CellCatalog.All.Where(entry => entry.Options.Contains(option)).Select(entry => entry.Name)])}; "
            + $"{Name} does not take it.";

    /// <summary>How many gates the cell has in Wx and in Wh: columns of its weights for each unit.</summary>
    /// <param name="options">Options without problems.</param>
    public (int Input, int Recurrent) GateCounts(CellOptions options)
    {
        using RecurrentLayer<float> smallest = Smallest(options with { Projection = 0 });
        return (smallest.Weights.Input.Count, smallest.Weights.Recurrent?.Count ?? 0);
    }

    /// <summary>Whether its gates see the last output.</summary>
    public bool HasRecurrentWeights
    {
        get
        {
            using RecurrentLayer<float> smallest = Smallest(CellOptions.Default);
            return smallest.Weights.Recurrent is not null;
        }
    }

    /// <summary>How many weights a layer has, without those that the cell applies element by element.</summary>
    /// <param name="options">Options without problems.</param>
    /// <param name="inputSize">I.</param>
    /// <param name="hiddenSize">H.</param>
    public virtual long WeightCount(CellOptions options, long inputSize, long hiddenSize)
    {
        using RecurrentLayer<float> smallest = Smallest(options with { Projection = 0 });
        long recurrentSize = options.Projection == 0 ? hiddenSize : options.Projection;
        return hiddenSize * ((inputSize * smallest.Weights.Input.Count) + (recurrentSize * (smallest.Weights.Recurrent?.Count ?? 0))
            + smallest.Weights.Bias.Count + options.Projection);
    }

    /// <summary>
    /// The greatest number of units for which a <see cref="ParameterSlice"/> can hold <c>[H, G·H]</c>, G the gates of Wx,
    /// of which a layer above has so many, or of Wh.
    /// </summary>
    /// <param name="options">Options without problems.</param>
    public int MaxHidden(CellOptions options)
    {
        (int input, int recurrent) = GateCounts(options);
        return (int)Math.Sqrt(ParameterSlice.MaxCount / Math.Max(input, recurrent));
    }

    /// <summary>Names as a choice: <c>a, b or c</c>.</summary>
    public static string Either(string[] names) =>
        names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";

    private RecurrentLayer<float> Smallest(CellOptions options) =>
        CreateLayer(new LayerPlan<float>(1, 1, options, "", new ParameterLayout(), KernelCatalog.Default<float>()));
}
