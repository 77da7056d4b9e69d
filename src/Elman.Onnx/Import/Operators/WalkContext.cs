using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Operators;

/// <summary>What the nodes of a walk share.</summary>
/// <param name="opset">The version of the operators.</param>
/// <param name="budget">The memory that may be taken.</param>
/// <param name="tensors">Decodes tensors of attributes.</param>
internal sealed class WalkContext(int opset, MemoryBudget budget, TensorReader tensors)
{
    private readonly List<string> _warnings = [];

    public int Opset => opset;

    public MemoryBudget Budget => budget;

    public TensorReader Tensors => tensors;

    /// <summary>The results of nodes that only depend on tensors of the file, for all walks.</summary>
    public required Dictionary<string, Constant> Constants { get; init; }

    /// <summary>The steps of the input, when a recurrent layer has shown which axis they are.</summary>
    public Atom? Time { get; private set; }

    /// <summary>Whether recurrent layers get the lengths of the sequences, so that shorter ones are padded.</summary>
    public bool HasLengths { get; set; }

    /// <summary>What <c>linear_before_reset</c> is to be instead of what the graph says; <see langword="null"/> for that.</summary>
    public bool? LinearBeforeReset { get; init; }

    /// <summary>The program that exported the graph.</summary>
    public string Producer { get; init; } = "";

    /// <summary>What the user should know, in the order found.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Adds a warning, once.</summary>
    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
            _warnings.Add(warning);
    }

    /// <summary>Records which axis of the input the steps are.</summary>
    /// <returns>False if it was another one.</returns>
    public bool SettleTime(Atom time)
    {
        Time ??= time;
        return Time == time;
    }
}
