using Elman.Models;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;
using Elman.Packing;

namespace Elman.Onnx.Import.Models;

/// <summary>Copies the weights of a layer from ONNX's layout, [gates·H, inputs], to Elman's, [inputs, gates·H].</summary>
/// <param name="model">The model.</param>
/// <param name="budget">The memory that may be taken.</param>
internal sealed class LayerFiller(SequenceModel<float> model, MemoryBudget budget)
{
    /// <summary>Copies the weights of a direction.</summary>
    /// <param name="prefix">The beginning of the names of its tensors, such as <c>rnn.0</c>.</param>
    /// <param name="from">The weights.</param>
    /// <param name="map">What is computed of the inputs before; it becomes a part of the weights.</param>
    public void Fill(string prefix, DirectionWeights from, LinearMap? map)
    {
        CellOptions cell = model.Spec.Cell;
        int[] gates = GatesOf(cell);
        int units = from.Units, columns = gates.Length * units;
        (ReadOnlyMemory<float> inputWeights, double[] terms, int inputs) = Folded(from, map);
        Span<float> wx = Span($"{prefix}.wx"), wh = Span($"{prefix}.wh");
        for (int gate = 0; gate < gates.Length; gate++)
            for (int unit = 0; unit < units; unit++)
            {
                int column = (gate * units) + unit, row = (gates[gate] * units) + unit;
                for (int i = 0; i < inputs; i++)
                    wx[(i * columns) + column] = inputWeights.Span[(row * inputs) + i];
                for (int i = 0; i < units; i++)
                    wh[(i * columns) + column] = from.RecurrentWeights.Span[(row * units) + i];
            }
        FillBiases(Span($"{prefix}.b"), from, gates, terms);
        if (cell is LstmOptions { Peepholes: true } lstm && from.Peepholes.Length > 0)
        {
            int[] peepholes = lstm.CoupledGates ? [0, 1] : [0, 2, 1]; // i, o, f in ONNX; i, f, o here
            Span<float> p = Span($"{prefix}.p");
            for (int k = 0; k < peepholes.Length; k++)
                from.Peepholes.Span.Slice(peepholes[k] * units, units).CopyTo(p[(k * units)..]);
        }
    }

    /// <summary>Returns the slice of the model's weights with a name.</summary>
    public Span<float> Span(string name)
    {
        ParameterSlice slice = model.Values.Layout.Slices.First(slice => slice.Name == name);
        return model.Values.Span(slice);
    }

    /// <summary>The index in ONNX of each gate, in Elman's order.</summary>
    private static int[] GatesOf(CellOptions cell) => cell switch
    {
        LstmOptions { CoupledGates: true } => [0, 3, 1], // i, g, o of i, o, f, c
        LstmOptions => [0, 2, 3, 1],                     // i, f, g, o
        GruOptions => [1, 0, 2],                         // r, z, n of z, r, h
        _ => [0],
    };

    private static void FillBiases(Span<float> b, DirectionWeights from, int[] gates, double[] terms)
    {
        int units = from.Units, rows = terms.Length;
        ReadOnlySpan<float> biases = from.Biases.Span;
        bool isApart = from.Cell is GruOptions { GruReset: GruReset.After };
        for (int gate = 0; gate < gates.Length; gate++)
            for (int unit = 0; unit < units; unit++)
            {
                int row = (gates[gate] * units) + unit;
                double ofInput = terms[row] + (biases.Length > 0 ? biases[row] : 0), ofState = biases.Length > 0 ? biases[rows + row] : 0;
                // The reset gate multiplies the second bias of the candidate: they must stay apart.
                bool isCandidate = isApart && gate == 2;
                b[(gate * units) + unit] = (float)(isCandidate ? ofInput : ofInput + ofState);
                if (isCandidate)
                    b[((gate + 1) * units) + unit] = (float)ofState;
            }
    }

    /// <summary>Makes a linear map a part of the input weights: x·map·Wᵀ, and the map's shift a part of the biases.</summary>
    /// <returns>The weights, [gates·H, inputs of the map], the terms of the biases, and the number of inputs.</returns>
    private (ReadOnlyMemory<float> Weights, double[] Terms, int Inputs) Folded(DirectionWeights from, LinearMap? map)
    {
        int read = from.Inputs, rows = from.InputWeights.Length / read;
        double[] terms = new double[rows];
        if (map is null)
            return (from.InputWeights, terms, read);
        budget.Take((long)rows * map.Inputs, sizeof(float), "The product of input weights");
        float[] folded = new float[rows * map.Inputs];
        ReadOnlySpan<float> weights = from.InputWeights.Span;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> w = weights.Slice(row * read, read);
            for (int e = 0; e < read; e++)
                terms[row] += map.Shift[e] * w[e];
            for (int i = 0; i < map.Inputs; i++)
                folded[(row * map.Inputs) + i] = map.Matrix is { } matrix
                    ? Product(matrix.AsSpan(i * read, read), w)
                    : (float)(map.Scale[i] * w[i]);
        }
        return (folded, terms, map.Inputs);
    }

    private static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return (float)sum;
    }
}
