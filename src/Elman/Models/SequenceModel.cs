using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Elman.Cells;
using Elman.Checksums;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Models;

/// <summary>The network: vectors of symbols → stacked recurrent layers → readout → dense layer → logits.</summary>
internal sealed unsafe partial class SequenceModel<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Workers _alone = new(1);
    private readonly RecurrentLayer<T>[] _limited;
    private uint? _fingerprint;

    /// <summary>Creates a model with zero weights.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="kernels">The kernels to use; by default the catalog's choice.</param>
    /// <param name="hasInputGradient">Whether backward passes compute <see cref="ModelTape{T}.InputGradient"/>.</param>
    /// <exception cref="ArgumentException">The specification is not valid; the message names all problems.</exception>
    public SequenceModel(ModelSpec spec, KernelSet<T>? kernels = null, bool hasInputGradient = false)
    {
        IReadOnlyList<string> problems = spec.FindProblems();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(spec));
        kernels ??= KernelCatalog.Default<T>();
        Spec = spec;
        var layout = new ParameterLayout();
        Layers = [.. Enumerable.Range(0, spec.Layers.Count).Select(layer =>
            new StackLayer<T>(new StackLayerPlan<T>(
                spec.Cell, spec.InputsOf(layer), spec.Layers[layer], layer, layout, kernels)
            {
                Merge = spec.Bidirectional ? spec.Merge : null,
                Zoneout = spec.Zoneout,
                IsResidual = spec.Residual && layer > 0,
                HasInputGradient = layer == 0 && (hasInputGradient || spec.Symbols.Count > 0),
            }))];
        Readout = spec.ReadsEveryStep ? new EveryStepReadout<T>() : spec.Readout.Kind switch
        {
            ReadoutKind.Last => new LastReadout<T>(),
            ReadoutKind.Mean => new MeanReadout<T>(Top.OutputSize),
            ReadoutKind.Max => new MaxReadout<T>(Top.OutputSize),
            ReadoutKind.Attention => new AttentionReadout<T>(Top.OutputSize, layout, kernels),
            ReadoutKind.Counts => new CountsReadout<T>(spec.Readout.Layout!.Value, Top, layout, kernels),
            _ => spec.Readout.CreateCustom<T>(Top.OutputSize),
        };
        int features = Readout.FeatureSize > 0 ? Readout.FeatureSize : Top.OutputSize;
        // A counting readout has thousands of features and few outputs.
        DenseProduct product = Readout is CountsReadout<T> ? DenseProduct.Wide : DenseProduct.Panels;
        Output = new Dense<T>(features, spec.OutputSize, "output", layout, kernels, product);
        Embedding = spec.Symbols.Count > 0 ? new EmbeddingLayer<T>(spec.InputSize, spec.Symbols, layout, spec.Stages.Ngrams) : null;
        Values = new Parameters<T>(layout);
        _limited = [.. RecurrentLayers.Where(layer =>
            layer.Weights.Diagonal is not null && layer.Weights.DiagonalRole == DiagonalWeightRole.Recurrence)];
    }

    /// <summary>The specification.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The layer that replaces symbols by learned vectors before the first recurrent layer; <see langword="null"/> without
    /// symbols.</summary>
    public EmbeddingLayer<T>? Embedding { get; }

    /// <summary>The layers of the stack, first layer first.</summary>
    public IReadOnlyList<StackLayer<T>> Layers { get; }

    /// <summary>The readout, which pools the outputs of the last layer.</summary>
    public ReadoutLayer<T> Readout { get; }

    /// <summary>The output layer, which computes the logits.</summary>
    public Dense<T> Output { get; }

    /// <summary>All weights. Call <see cref="Pack"/> after a change.</summary>
    public Parameters<T> Values { get; }

    /// <summary>The outputs for a sequence without steps, which are those for features of 0, <c>[O]</c>.</summary>
    public ReadOnlySpan<T> EmptyOutput => Values.Span(Output.Bias);

    /// <summary>A hash of the weights that were packed last, which differs from that of other weights with high probability.</summary>
    public uint Fingerprint => _fingerprint ??= Checksum.Add(0, MemoryMarshal.AsBytes(Values.Buffer.Span));

    /// <summary>The recurrent layers, in the order of their parameters.</summary>
    public IEnumerable<RecurrentLayer<T>> RecurrentLayers =>
        Layers.SelectMany(layer => layer.FromEnd is null ? [layer.FromStart] : (RecurrentLayer<T>[])[layer.FromStart, layer.FromEnd]);

    /// <summary>Whether the recurrent weights stay at their initial values, so that only the output layer is trained.</summary>
    public bool IsReservoir => Spec.Cell.IsReservoir;

    private StackLayer<T> Top => Layers[^1];

    /// <summary>Initialises the weights.</summary>
    /// <param name="how">The method of initialisation.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="forgetBias">The bias of the forget gate, if the cell has one.</param>
    /// <param name="reservoir">The options of a reservoir's weights; by default the defaults.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled:
    /// orthogonal matrices of thousands of units take a while.</exception>
    public void Initialize(
        WeightInitialization how, SeededRandom random, double forgetBias = CellOptions.DefaultForgetBias,
        ReservoirShape? reservoir = null, CancellationToken cancellationToken = default)
    {
        Values.Buffer.Clear(); // all other weights start at 0
        foreach (RecurrentLayer<T> layer in RecurrentLayers)
        {
            if (layer is DelayLayer<T> delays)
                DelayInitializer.Fill(delays, Values, reservoir ?? ReservoirShape.Default, random);
            else if (IsReservoir && layer.Weights.Recurrent is null)
                OscillatorInitializer.Fill(layer, Values, reservoir ?? ReservoirShape.Default, random);
            else if (IsReservoir)
                ReservoirInitializer.Fill(layer, Values, reservoir ?? ReservoirShape.Default, random, cancellationToken);
            else
                WeightInitializer.Fill(layer, Values, how, random, forgetBias, cancellationToken);
        }
        foreach (ParameterSlice matrix in Readout.Matrices)
            WeightInitializer.Fill(matrix, Values, how, random);
        WeightInitializer.Fill(Output.Weights, Values, how, random);
        // Vectors of n-grams stay 0, so an n-gram that does not occur in training adds nothing. In a pure sum, all vectors can start at
        // 0.
        foreach (ParameterSlice table in Spec.Cell is SumOptions ? [] : Embedding?.Tables ?? [])
            WeightInitializer.FillTable(table, Values, how, random);
    }

    /// <summary>
    /// Clips the recurrent weights of independent units to |u| ≤ 2^(1/T), so that no gradient more than doubles over T steps (S. Li and
    /// others, 2018).
    /// </summary>
    /// <param name="steps">The number of steps, T.</param>
    public void LimitRecurrence(int steps)
    {
        T limit = T.CreateTruncating(Math.Pow(2, 1.0 / Math.Max(steps, 1)));
        foreach (RecurrentLayer<T> layer in _limited)
        {
            Span<T> weights = Values.Span(layer.Weights.Diagonal!);
            TensorPrimitives.Clamp<T>(weights, -limit, limit, weights);
        }
    }

    /// <summary>Packs the weights into the layout of the kernels.</summary>
    /// <param name="forTraining">Whether to pack the weights for the backward pass, too.</param>
    /// <param name="workers">The threads to use; by default the caller alone.</param>
    public void Pack(bool forTraining, Workers? workers = null)
    {
        _fingerprint = null;
        for (int layer = 0; layer < Layers.Count; layer++)
            Layers[layer].Pack(Values, forTraining, workers ?? _alone);
        Readout.Pack(Values, forTraining);
        Output.Pack(Values, forTraining);
    }

    private void Free()
    {
        foreach (StackLayer<T> layer in Layers)
            layer.Dispose();
        Readout.Dispose();
        Output.Dispose();
        Values.Dispose();
        _alone.Dispose();
    }
}
