using Elman.Kernels;
using Elman.Models;
using Elman.Models.Streaming;
using Elman.Packing;
using Elman.Sequences;
using Elman.Tests.Kernels;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Stack;

/// <summary>The contract of every structure of a model, for any cell. (Gradients: see ConfigurationGradientTests.)</summary>
public sealed class StackContractTests
{
    private static readonly int[] _ragged = [3, 9, 1, 9, 2, 5, 9, 4, 1, 6, 7];

    public static TheoryData<string> Variants => [.. StackVariants.Names];

    public static TheoryData<string> Few => [.. StackVariants.Few];

    public static TheoryData<string> Streaming => [.. StackVariants.Streaming];

    public static TheoryData<string, string> VariantsAndSets =>
        new(from variant in StackVariants.Few from set in KernelCatalog.All<float>() where set.Name != "scalar" select (variant, set.Name));

    [Theory]
    [MemberData(nameof(VariantsAndSets))]
    public void Every_kernel_set_gives_the_bits_of_the_scalar_one(string variant, string set)
    {
        using var scalar = ContractCase<float>.Of(variant, 3, _ragged, "scalar");
        using var vector = ContractCase<float>.Of(variant, 3, _ragged, set);
        SameBits.Assert<float>(scalar.Logits(), vector.Logits());
        SameBits.Assert<float>(scalar.Differentiate().Gradients, vector.Differentiate().Gradients);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_sequence_in_a_batch_gets_the_bits_it_gets_alone(string variant)
    {
        using var c = ContractCase<float>.Of(variant, 5, _ragged);
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
    [MemberData(nameof(Streaming))]
    public void A_stream_of_single_steps_gives_the_bits_of_the_sequence(string variant)
    {
        using var c = ContractCase<float>.Of(variant, 5, [3, 9, 1, 600]);
        using var inference = new ModelTape<float>(keepsSteps: false);
        using var workers = new Workers(1);
        c.Model.Forward(c.Batch, inference, workers);
        float[] logits = c.InOrder(c.Batch, inference);
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
    [MemberData(nameof(Streaming))]
    public void A_step_of_a_stream_allocates_nothing(string variant)
    {
        using var c = ContractCase<float>.Of(variant, 5, [3]);
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

    [Fact]
    public void A_bidirectional_model_explains_why_it_cannot_stream()
    {
        using var c = ContractCase<float>.Of("gru: both ways", 5, [3]);
        var e = Assert.Throws<ArgumentException>(() => new ModelStream<float>(c.Model));
        Assert.Contains("reads every sequence from its end too", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Inference_gives_the_bits_of_the_forward_pass(string variant)
    {
        foreach (int[] lengths in (int[][])[[7000, 30, 12000, 1], [1], [2, 1], [3, 3, 3]])
        {
            using var c = ContractCase<float>.Of(variant, 2, lengths);
            using var tape = new ModelTape<float>(keepsSteps: false);
            using var workers = new Workers(2);
            c.Model.Forward(c.Batch, tape, workers);
            SameBits.Assert<float>(c.Logits(), c.InOrder(c.Batch, tape));
        }
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void Any_number_of_threads_gives_the_same_bits(string variant)
    {
        int[] lengths = [.. Enumerable.Range(0, 37).Select(i => 1 + (i * 13 % 41))];
        using var c = ContractCase<float>.Of(variant, 7, lengths, layers: 12);
        float[] logits = c.Logits(), gradients = c.Differentiate().Gradients;
        foreach (int threads in (int[])[2, 5])
        {
            SameBits.Assert<float>(logits, c.Logits(threads));
            SameBits.Assert<float>(gradients, c.Differentiate(threads).Gradients);
        }
    }

    [Theory]
    [InlineData("gru: two layers")]
    [InlineData("lstm Peepholes: two layers both ways")]
    [InlineData("gru GruReset: two layers both ways")]
    [InlineData("gru GruReset: recurrent dropout")]
    [InlineData("lstm Peepholes: everything at random")]
    public void Threads_that_share_the_steps_of_few_sequences_give_the_same_bits(string variant)
    {
        using var c = ContractCase<float>.Of(variant, 9, [3, 2, 5], layers: 384);
        (double loss, float[] gradients) = c.Differentiate();
        foreach (int threads in (int[])[2, 3])
        {
            (double sharedLoss, float[] sharedGradients) = c.Differentiate(threads);
            Assert.Equal(loss, sharedLoss);
            SameBits.Assert<float>(gradients, sharedGradients);
        }
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void A_pass_allocates_nothing_once_its_buffers_have_grown(string variant)
    {
        using var c = ContractCase<float>.Of(variant, 5, _ragged);
        using var tape = new ModelTape<float>(keepsSteps: true);
        using var workers = new Workers(1);
        using var gradients = new Parameters<float>(c.Model.Values.Layout);
        var random = new SeededRandom(1);
        Pass();
        Assert.Equal(0, Allocations.Of(Pass));

        void Pass()
        {
            c.Model.DrawNoise(c.Batch, tape, c.Rates, random);
            c.Model.Forward(c.Batch, tape, workers);
            tape.LogitsGradient.Resize(tape.Logits.Length);
            Elman.Losses.CrossEntropy.Evaluate(tape.Logits.Span, c.Batch.Labels, tape.LogitsGradient.Span);
            c.Model.Backward(c.Batch, tape, gradients, workers);
        }
    }
}
