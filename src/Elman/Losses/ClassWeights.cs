using System.Globalization;
using Elman.Sequences;

namespace Elman;

/// <summary>The weights of the classes in training. Immutable; equal if the text forms are equal.</summary>
/// <remarks>
/// The text form, as in options: <c>none</c>, <c>balanced</c>, or classes with their weights, <c>rare=5,common=0.5</c>; a class that is not
/// named has weight 1.
/// </remarks>
public sealed class ClassWeights : IEquatable<ClassWeights>
{
    private const string NoneName = "none", BalancedName = "balanced";

    private readonly SortedDictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly string _name;

    private ClassWeights(string name) => _name = name;

    private ClassWeights(IEnumerable<KeyValuePair<string, double>> weights)
    {
        foreach ((string label, double weight) in weights)
        {
            if (!double.IsFinite(weight) || weight <= 0)
                throw new ArgumentException(
                    FormattableString.Invariant($"Class {Quoted(label)} has weight {weight}; it must be a finite number above 0."),
                    nameof(weights));
            if (!_weights.TryAdd(label, weight))
                throw new ArgumentException($"Class {Quoted(label)} has two weights.", nameof(weights));
        }
        _name = string.Join(',', _weights.Select(pair => $"{pair.Key}={pair.Value.ToString("R", CultureInfo.InvariantCulture)}"));
    }

    /// <summary>Every case has weight 1.</summary>
    public static ClassWeights None { get; } = new(NoneName);

    /// <summary>
    /// Every class has the same total weight, for any number of cases: a case has weight <c>n/(C·n_c)</c>, with n the number of cases, n_c
    /// that of its class, and C the number of classes that occur.
    /// </summary>
    public static ClassWeights Balanced { get; } = new(BalancedName);

    /// <summary>Creates weights for named classes; a class that is not named has weight 1.</summary>
    /// <param name="weights">The weights by class label, above 0.</param>
    /// <exception cref="ArgumentException">A weight is not a finite number above 0, or a class has two weights.</exception>
    public static ClassWeights Of(IEnumerable<KeyValuePair<string, double>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new ClassWeights(weights);
    }

    /// <summary>Parses the text form.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a text form of weights.</exception>
    public static ClassWeights Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is NoneName)
            return None;
        if (text is BalancedName)
            return Balanced;
        try
        {
            return Of(text.Split(',').Select(part =>
            {
                int sign = part.LastIndexOf('=');
                return sign > 0 && double.TryParse(part[(sign + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
                    ? KeyValuePair.Create(part[..sign].Trim(), weight)
                    : throw new FormatException(
                        $"{Quoted(part)} is not a class with its weight; write none, balanced, or pairs such as rare=5,common=0.5.");
            }));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (")[0], e);
        }
    }

    /// <inheritdoc/>
    public bool Equals(ClassWeights? other) => other is not null && other._name == _name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => _name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text form.</summary>
    public override string ToString() => _name;

    /// <summary>Returns the weight of each class; empty if all are 1.</summary>
    /// <param name="classes">The class labels.</param>
    /// <param name="counts">The number of cases of each class.</param>
    /// <exception cref="ArgumentException">A weight is for a class that does not exist.</exception>
    internal double[] For(IReadOnlyList<string> classes, IReadOnlyList<long> counts)
    {
        if (ReferenceEquals(this, None))
            return [];
        if (ReferenceEquals(this, Balanced))
        {
            double all = counts.Sum(), occurring = counts.Count(count => count > 0);
            return [.. counts.Select(count => count == 0 ? 1 : all / (occurring * count))];
        }
        string? unknown = _weights.Keys.Except(classes, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
            throw new ArgumentException(
                $"ClassWeights names the class {Quoted(unknown)}, which the data do not have; they have {NameList.Of(classes)}.");
        return [.. classes.Select(label => _weights.GetValueOrDefault(label, 1))];
    }
}
