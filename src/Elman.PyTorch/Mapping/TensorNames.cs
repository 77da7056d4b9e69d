using System.Globalization;
using System.Text.RegularExpressions;

namespace Elman.PyTorch.Mapping;

/// <summary>The names that PyTorch gives to the tensors of its modules.</summary>
internal static partial class TensorNames
{
    public const string InputWeights = "weight_ih", RecurrentWeights = "weight_hh", InputBias = "bias_ih", RecurrentBias = "bias_hh",
        Projection = "weight_hr", Weight = "weight", Bias = "bias";

    private const string ReverseSuffix = "_reverse";

    /// <summary>The kinds of tensors of a recurrent layer, in the order of PyTorch.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [InputWeights, RecurrentWeights, InputBias, RecurrentBias, Projection];

    /// <summary>Returns the name of a tensor of a recurrent layer without its module, such as <c>weight_ih_l0_reverse</c>.</summary>
    public static string Of(string kind, int layer, bool isReverse) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}_l{layer}{(isReverse ? ReverseSuffix : "")}");

    /// <summary>Splits the name of a tensor of a recurrent layer; returns <see langword="null"/> for another name.</summary>
    public static (string Module, string Kind, int Layer, bool IsReverse)? Split(string name) =>
        Recurrent().Match(name) is { Success: true, Groups: var groups }
            && int.TryParse(groups["layer"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
            ? (groups["module"].Value, groups["kind"].Value, layer, groups["reverse"].Success)
            : null;

    /// <summary>Splits off the last part of a name: the name in its module.</summary>
    public static (string Module, string Tensor) SplitLast(string name) =>
        name.LastIndexOf('.') is >= 0 and var dot ? (name[..dot], name[(dot + 1)..]) : ("", name);

    // Without backtracking: names come from outside. A leading zero would be another layer's name.
    [GeneratedRegex(
        @"^((?<module>.*)\.)?(?<kind>weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)_l(?<layer>0|[1-9][0-9]*)(?<reverse>_reverse)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Recurrent();
}
