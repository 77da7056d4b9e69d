namespace Elman;

/// <summary>A layer or another part of a model, for reports.</summary>
/// <param name="Name">The prefix of its weights' names in a model file, or its function.</param>
/// <param name="Kind">Its type, such as <c>lstm</c> or <c>dense</c>.</param>
/// <param name="Inputs">The number of inputs, of a step or of a sequence.</param>
/// <param name="Outputs">The number of outputs, of a step or of a sequence.</param>
/// <param name="TakesSteps">Whether it has inputs at every step.</param>
/// <param name="GivesSteps">Whether it has outputs at every step.</param>
/// <param name="Parameters">Its number of parameters.</param>
public sealed record LayerInfo(string Name, string Kind, int Inputs, int Outputs, bool TakesSteps, bool GivesSteps, long Parameters)
{
    /// <summary>Whether its weights are random and not trained, because it is a reservoir.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The number of symbols with a vector; <see langword="null"/> if it has no table of them.</summary>
    public int? Symbols { get; init; }
}
