using Elman.Files;
using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Persistence;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Stack;
using Elman.Tests.Kernels;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Tests.Recurrent;

/// <summary>The contract of every cell of the catalog.</summary>
public sealed class CellContractTests
{
    private static readonly int[] _ragged = [3, 9, 1, 9, 2, 5, 9, 4, 1, 6, 7];

    public static TheoryData<string> Cells => [.. All];

    public static TheoryData<string> CellsWithGradient => [.. CellVariants.LayersWithGradient.Concat(UnevenCells.Names)];

    public static TheoryData<string, string> CellsAndSets =>
        new(from cell in All from set in KernelCatalog.All<float>() select (cell, set.Name));

    private static IEnumerable<string> All => CellVariants.Layers.Concat(UnevenCells.Names);

    [Theory]
    [MemberData(nameof(Cells))]
    public void From_drawn_weights_a_model_learns_and_its_file_gives_its_bits(string cell)
    {
        using var folder = new TemporaryFolder();
        foreach (WeightInitialization how in Enum.GetValues<WeightInitialization>())
        {
            using var c = ContractCase<float>.Create(cell, inputSize: 3, hiddenSize: 8, _ragged);
            c.Model.Initialize(how, new SeededRandom(3));
            AssertDrawn(c.Model, how);
            if (c.HasGradient)
                AssertLearns(c, how);
            if (UnevenCells.Names.Contains(cell))
                continue; // no model file names them
            c.Model.Pack(forTraining: true);
            string path = folder.File($"{how}");
            SafetensorsWriter.Write(
                path, new ModelFile(SequenceTask.Classify.FileKind, [new MemberFile(c.Model.Spec)], c.Data.ClassLabels, null)
                    .ToContent(c.Model.Values));
            (ModelFile description, Safetensors content) = ModelFile.Read(
                ModelSource.Of(path), [SequenceTask.Classify.FileKind], LoadOptions.Default);
            using var loaded = ContractCase<float>.Create(cell, inputSize: 3, hiddenSize: 8, _ragged);
            Assert.Equal(loaded.Model.Spec.Layers, description.Spec.Layers);
            description.Load(path, content, loaded.Model.Values);
            loaded.Model.Pack(forTraining: true);
            SameBits.Assert<float>(c.Logits(), loaded.Logits());
        }
    }

    private static void AssertLearns(ContractCase<float> c, WeightInitialization how)
    {
        using var workers = new Workers(1);
        using Optimizer<float> optimizer = new Adam<float>(c.Model.Values.Layout, KernelCatalog.Default<float>());
        using var step = new TrainStep<float>(c.Model, optimizer, workers, clip: 1);
        double[] losses = [.. Enumerable.Range(0, 60).Select(_ => step.Run(c.Batch, learningRate: 0.02).Loss)];
        Assert.True(losses[^1] < 0.95 * losses[0], $"{how}: the loss went from {losses[0]} to {losses[^1]}.");
    }

    /// <summary>Asserts that every gate has separate weights in Wx and in Wh, for any number of gates in them.</summary>
    private static void AssertDrawn(SequenceModel<float> model, WeightInitialization how)
    {
        RecurrentLayer<float> layer = model.Layers[0].FromStart;
        int units = layer.Shape.HiddenSize;
        foreach (ParameterSlice slice in ((ParameterSlice?[])[layer.Weights.Input, layer.Weights.Recurrent]).OfType<ParameterSlice>())
        {
            float[] weights = model.Values.Span(slice).ToArray();
            int columns = slice.Shape[1];
            for (int gate = 0; gate < columns / units; gate++)
            {
                float[] ofGate = [.. weights.Where((_, i) => i % columns / units == gate)];
                Assert.Contains(ofGate, weight => weight != 0);
                if (slice == layer.Weights.Recurrent && how == WeightInitialization.Identity && !model.IsReservoir)
                    Assert.Equal(
                        Enumerable.Range(0, ofGate.Length).Select(i => i / units == i % units ? 1f : 0), ofGate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(CellsWithGradient))]
    public void Gradients_in_double_agree_with_central_differences(string cell)
    {
        using var c = ContractCase<double>.Create(cell, inputSize: 3, hiddenSize: 5, _ragged);
        CentralDifferences.Check(c);
    }

    [Theory]
    [MemberData(nameof(CellsAndSets))]
    public void Every_kernel_set_gives_the_bits_of_the_scalar_one(string cell, string set)
    {
        foreach (int hidden in (int[])[1, 2, 3, 4, 5, 8, 9, 16, 17, 31, 33, 65])
        {
            using var scalar = ContractCase<float>.Create(cell, 3, hidden, _ragged, "scalar");
            using var vector = ContractCase<float>.Create(cell, 3, hidden, _ragged, set);
            SameBits.Assert<float>(scalar.Logits(), vector.Logits());
            SameBits.Assert<float>(scalar.Differentiate().Gradients, vector.Differentiate().Gradients);
        }
    }

    [Theory]
    [MemberData(nameof(CellsAndSets))]
    public void A_sequence_in_a_batch_gets_the_bits_it_gets_alone(string cell, string set)
    {
        using var c = ContractCase<float>.Create(cell, 5, 33, _ragged, set);
        float[] together = c.Logits();
        using var alone = new SequenceBatch<float>();
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        for (int i = 0; i < c.Data.Count; i++)
        {
            alone.Fill(c.Data, [i], null);
            c.Model.Forward(alone, tape, workers);
            SameBits.Assert<float>(together.AsSpan(i * 3, 3), tape.Logits.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Windows_of_any_length_down_to_single_steps_give_the_bits_of_the_whole(string cell)
    {
        using var c = ContractCase<float>.Create(cell, 5, 17, _ragged);
        RecurrentLayer<float> layer = c.Model.Layers[0].FromStart;
        foreach (bool keepsSteps in (bool[])[true, false])
        {
            float[] whole = States(window: c.Batch.Steps, keepsSteps);
            for (int window = 1; window < c.Batch.Steps; window++)
                SameBits.Assert<float>(whole, States(window, keepsSteps));
        }

        float[] States(int window, bool keepsSteps)
        {
            using var tape = new RecurrentTape<float>(keepsSteps);
            using var workers = new Workers(1);
            for (int first = 0; first < c.Batch.Steps; first += window)
                Sweep<float>.Forward(
                    new(layer, LayerWindow<float>.Of(c.Batch, first, Math.Min(c.Batch.Steps, first + window)), tape), null, workers);
            return tape.Final.Span.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(CellsAndSets))]
    public void A_stream_of_single_steps_gives_the_bits_of_the_sequence(string cell, string set)
    {
        using var c = ContractCase<float>.Create(cell, 5, 33, _ragged, set);
        float[] logits = c.Logits();
        using var stream = new ModelStream<float>(c.Model);
        for (int i = 0; i < c.Data.Count; i++)
        {
            stream.Reset();
            for (int t = 0; t < c.Data[i].Steps; t++)
                stream.Step(c.Data[i].Values.Span.Slice(t * 5, 5));
            SameBits.Assert<float>(logits.AsSpan(i * 3, 3), stream.Logits());
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_step_of_a_stream_allocates_nothing(string cell)
    {
        using var c = ContractCase<float>.Create(cell, 5, 17, [3]);
        using var stream = new ModelStream<float>(c.Model);
        float[] x = [1, 2, 3, 4, 5];
        stream.Step(x);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                stream.Step(x);
            stream.Logits();
        }));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Inference_gives_the_bits_of_the_forward_pass(string cell)
    {
        foreach (int[] lengths in (int[][])[[700, 30, 1200, 1], [1], [2, 1], [3, 3, 3]])
        {
            using var c = ContractCase<float>.Create(cell, 2, 9, lengths);
            using var tape = new ModelTape<float>(keepsSteps: false);
            using var workers = new Workers(2);
            c.Model.Forward(c.Batch, tape, workers);
            SameBits.Assert<float>(c.Logits(), c.InOrder(c.Batch, tape));
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Any_number_of_threads_gives_the_same_bits(string cell) => AssertThreads(cell, sequences: 37);

    [Fact]
    public void So_it_does_where_there_are_sequences_for_more_parts_than_threads() => AssertThreads("gru", sequences: 130);

    private static void AssertThreads(string cell, int sequences)
    {
        int[] lengths = [.. Enumerable.Range(0, sequences).Select(i => 1 + (i * 13 % 41))];
        using var c = ContractCase<float>.Create(cell, 7, 70, lengths);
        (double loss, float[] gradients) = c.Differentiate();
        foreach (int threads in (int[])[2, 5])
        {
            (double sharedLoss, float[] sharedGradients) = c.Differentiate(threads);
            Assert.Equal(loss, sharedLoss);
            SameBits.Assert<float>(gradients, sharedGradients);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Threads_that_share_the_steps_of_few_sequences_give_the_same_bits(string cell) => AssertFewSequences(cell, units: 384);

    [Fact]
    public void So_they_do_where_the_units_make_no_whole_panels() => AssertFewSequences("gru", units: 390);

    private static void AssertFewSequences(string cell, int units)
    {
        using var c = ContractCase<float>.Create(cell, 9, units, [3, 2, 5]);
        float[] logits = c.Logits(), gradients = c.Differentiate().Gradients;
        foreach (int threads in (int[])[2, 3])
        {
            SameBits.Assert<float>(gradients, c.Differentiate(threads).Gradients);
            using var tape = new ModelTape<float>(keepsSteps: false);
            using var workers = new Workers(threads);
            c.Model.Forward(c.Batch, tape, workers);
            SameBits.Assert<float>(logits, c.InOrder(c.Batch, tape));
        }
    }

    [Theory]
    [MemberData(nameof(CellsWithGradient))]
    public void The_sum_of_gradients_of_single_sequences_is_the_gradient_of_the_batch(string cell)
    {
        using var c = ContractCase<double>.Create(cell, 3, 6, _ragged);
        double[] together = c.Differentiate().Gradients, sum = new double[together.Length];
        for (int i = 0; i < _ragged.Length; i++)
        {
            c.Batch.Fill(c.Data, [i], null);
            double[] alone = c.Differentiate().Gradients;
            for (int p = 0; p < sum.Length; p++)
                sum[p] += alone[p] / _ragged.Length;
        }
        Oracles.Close.Assert("gradients", sum, together, relative: 1e-12, floor: 1e-14);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_pass_allocates_nothing_once_its_buffers_have_grown(string cell)
    {
        using var c = ContractCase<float>.Create(cell, 5, 17, _ragged);
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        using var gradients = new Parameters<float>(c.Model.Values.Layout);
        Pass();
        Assert.Equal(0, Allocations.Of(Pass));

        void Pass()
        {
            c.Model.Forward(c.Batch, tape, workers);
            if (!c.HasGradient)
                return;
            tape.LogitsGradient.Resize(tape.Logits.Length);
            Elman.Losses.CrossEntropy.Evaluate(tape.Logits.Span, c.Batch.Labels, tape.LogitsGradient.Span);
            c.Model.Backward(c.Batch, tape, gradients, workers);
        }
    }
}
