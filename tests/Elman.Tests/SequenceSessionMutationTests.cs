using System.Buffers.Binary;
using System.Globalization;
using Elman.Checksums;

namespace Elman.Tests;

/// <summary>
/// Forged states of streams, with a checksum that fits, are restored or refused; no other exception than the documented ones is thrown
/// then and in the steps that follow. The environment variable ELMAN_MUTATIONS sets the number of states.
/// </summary>
public sealed class SequenceSessionMutationTests
{
    private const int ChecksumOffset = 28, HeaderSize = 32;

    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 20_000;

    private static readonly int[] _words =
    [
        0, 1, -1, int.MaxValue, int.MinValue, 0x7F800000, unchecked((int)0xFF800000), 0x7FC00000, 1 << 20, 0x0080_0000,
        BitConverter.SingleToInt32Bits(1e9f), BitConverter.SingleToInt32Bits(-1), BitConverter.SingleToInt32Bits(7),
        BitConverter.SingleToInt32Bits(0.5f), BitConverter.SingleToInt32Bits(3e38f), BitConverter.SingleToInt32Bits(-1e-40f),
    ];

    private static readonly long[] _counts =
    [
        0, 1, 2, 15, 63, 64, 1 << 20, int.MaxValue, 1L << 32, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MaxValue - 1, -1, long.MinValue,
    ];

    public static TheoryData<string> Models => [.. Cases().Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Whatever_a_state_contains_only_documented_exceptions_come_out(string model)
    {
        (TrainingOptions options, SequenceDataset data) = Cases()[model];
        using var classifier = new SequenceClassifier(options);
        classifier.Fit(data);
        using SequenceSession session = classifier.OpenSession(), other = classifier.OpenSession();
        byte[][] saved = [session.Save(), After(session, data[0], 1), After(session, data[0], 7)];
        float[] step = data[0].Values[..classifier.Channels].ToArray(), missing = [.. step];
        if (options.Inputs.Missing != MissingValues.Refuse)
            missing.AsSpan().Fill(float.NaN);
        var random = new SeededRandom(7);
        int restored = 0;
        for (int i = 0; i < _cases / Cases().Count; i++)
        {
            byte[] forged = Forge([.. saved[random.NextInt32(saved.Length)]], random);
            try
            {
                session.Restore(forged);
            }
            catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException))
            {
                Assert.Equal("saved", e.ParamName);
                continue;
            }
            restored++;
            Use(() => Assert.DoesNotContain(session.Answer.ToArray(), value => !float.IsFinite(value)));
            for (int s = 0; s < 3; s++)
            {
                Use(() => Assert.DoesNotContain(session.Step(s == 0 ? missing : step).ToArray(), value => !float.IsFinite(value)));
                Use(() => classifier.StepMany([other, session], [.. step, .. step]));
                Use(() => session.Copy().Dispose());
            }
            other.Reset();
        }
        Assert.True(restored > 0);
        session.Restore(saved[2]);
        Assert.Equal(7, session.Steps);
    }

    private static Dictionary<string, (TrainingOptions Options, SequenceDataset Data)> Cases()
    {
        SequenceDataset waves = Waves.Create(8, seed: 1, channels: 2), codes = Codes.Create("classify", 12, seed: 1, gaps: 0.2);
        TrainingOptions quick = Waves.Quick with { Epochs = 1, Model = Waves.Quick.Model with { Layers = [4] } };
        TrainingOptions reservoir = new() { Model = quick.Model, Threads = 1 };
        return new()
        {
            ["lstm"] = (quick, waves),
            ["attention"] = (quick with { Cell = "gru", Model = quick.Model with { Readout = Readout.Attention, Layers = [4, 3] } }, waves),
            ["max"] = (quick with { Cell = "rnn", Model = quick.Model with { Readout = Readout.Parse("max") } }, waves),
            ["lru"] = (quick with { Cell = "lru" }, waves),
            ["delays"] = (reservoir with { Cell = "delays", Model = quick.Model with { Readout = Readout.Parse("counts-full") } }, waves),
            ["oscillator"] = (
                reservoir with { Cell = "oscillator", Model = quick.Model with { Readout = Readout.Parse("counts") } }, waves),
            ["patches"] = (quick with { Inputs = quick.Inputs with { Patch = 5, Differences = 1, Missing = MissingValues.Mask } }, waves),
            ["indicate"] = (quick with { Inputs = quick.Inputs with { Differences = 2, Missing = MissingValues.Indicate } }, waves),
            ["symbols"] = (quick with { Inputs = Codes.Quick.Inputs with { Missing = MissingValues.Last } }, codes),
        };
    }

    private static byte[] After(SequenceSession session, Sequence sequence, int steps)
    {
        session.Reset();
        for (int t = 0; t < steps; t++)
            session.Step(sequence.Values.Slice(t * sequence.Channels, sequence.Channels).Span);
        return session.Save();
    }

    private static byte[] Forge(byte[] state, SeededRandom random)
    {
        for (int change = random.NextInt32(3); change >= 0; change--)
        {
            switch (random.NextInt32(6))
            {
                case 0:
                    BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(8), _counts[random.NextInt32(_counts.Length)]);
                    break;
                case 1:
                    BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(20), _counts[random.NextInt32(_counts.Length)]);
                    break;
                case 2:
                    long count = _counts[random.NextInt32(_counts.Length)];
                    BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(8), count);
                    BinaryPrimitives.WriteInt64LittleEndian(state.AsSpan(20), count);
                    break;
                case 3:
                    state[random.NextInt32(state.Length)] ^= (byte)(1 << random.NextInt32(8));
                    break;
                default:
                    int word = random.NextInt32((state.Length - HeaderSize) / sizeof(int));
                    BinaryPrimitives.WriteInt32LittleEndian(
                        state.AsSpan(HeaderSize + (word * sizeof(int))), _words[random.NextInt32(_words.Length)]);
                    break;
            }
        }
        if (random.NextInt32(50) == 0)
            state = state[..random.NextInt32(state.Length + 1)];
        if (state.Length >= HeaderSize && random.NextInt32(20) > 0)
            BinaryPrimitives.WriteUInt32LittleEndian(
                state.AsSpan(ChecksumOffset), Checksum.Add(Checksum.Add(0, state.AsSpan(0, ChecksumOffset)), state.AsSpan(HeaderSize)));
        return state;
    }

    private static void Use(Action action)
    {
        try
        {
            action();
        }
        catch (OverflowException e)
        {
            Assert.Contains("had values so large", e.Message, StringComparison.Ordinal);
        }
        catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException))
        {
            Assert.Contains("is missing", e.Message, StringComparison.Ordinal); // a symbol without an earlier one
        }
    }
}
