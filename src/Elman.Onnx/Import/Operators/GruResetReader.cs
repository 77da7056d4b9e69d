using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>
/// Where the reset gate of a GRU acts. Some exporters write a GRU of PyTorch, whose gate acts after the product, without saying so
/// (<c>linear_before_reset=1</c>): such a graph computes something else than the model did.
/// </summary>
internal static class GruResetReader
{
    /// <summary>Returns where the gate acts, and warns if that looks wrong.</summary>
    /// <param name="call">The node.</param>
    /// <param name="isAfter">What the node says.</param>
    public static GruReset Read(NodeCall call, bool isAfter)
    {
        if (call.Context.LinearBeforeReset is { } chosen)
            return chosen ? GruReset.After : GruReset.Before;
        if (!isAfter && Suspicion(call) is { } suspicion)
            call.Context.Warn($"{NodeCall.NameOf(call.Node)} says linear_before_reset=0, but {suspicion}. PyTorch computes with "
                + "linear_before_reset=1, and some exporters leave that out. Compare predictions of the imported model with those of the "
                + "original. If they differ, load the file with OnnxLoadOptions.LinearBeforeReset = true.");
        return isAfter ? GruReset.After : GruReset.Before;
    }

    private static string? Suspicion(NodeCall call)
    {
        if (call.Node.Input.Skip(1).FirstOrDefault(name => name.Contains("_hh", StringComparison.Ordinal)) is { } ofTorch)
            return $"its weights are called {Quoted(ofTorch)}, as in PyTorch";
        if (call.Context.Producer.Contains("torch", StringComparison.OrdinalIgnoreCase))
            return $"the graph was exported by {Quoted(call.Context.Producer)}, and PyTorch's GRU never is like this";
        return HasTwoBiases(call)
            ? "it has two different biases for its candidate, of the inputs and of the recurrence, which add up to one if it is so"
            : null;
    }

    /// <summary>Whether the recurrent bias of the candidate is not 0 while there is one for the inputs, too.</summary>
    private static bool HasTwoBiases(NodeCall call)
    {
        if (call.Optional(3) is not Constant { IsInteger: false, IsZero: false, Rank: 2 } bias || bias.Shape[1] % 6 != 0)
            return false;
        float[] numbers = bias.Floats(call.Context.Budget);
        int units = (int)bias.Shape[1] / 6;
        return numbers.AsSpan(5 * units, units).ContainsAnyExcept(0f) && numbers.AsSpan(2 * units, units).ContainsAnyExcept(0f);
    }
}
