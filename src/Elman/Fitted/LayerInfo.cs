namespace Elman;

/// <summary>A part of a model, as reports show it.</summary>
/// <param name="Name">The prefix of its weights' names in a model file, or its function.</param>
/// <param name="Kind">Its type, such as <c>lstm</c> or <c>dense</c>.</param>
/// <param name="Inputs">Values that go in, at each step or for each sequence.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="TakesSteps">Whether it takes something at every step.</param>
/// <param name="GivesSteps">Whether it gives something at every step.</param>
/// <param name="Parameters">Its number of parameters.</param>
public sealed record LayerInfo(string Name, string Kind, int Inputs, int Outputs, bool TakesSteps, bool GivesSteps, long Parameters)
{
    /// <summary>Whether its weights are random and not trained, because it is a reservoir.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The number of symbols with a vector; <see langword="null"/> if it has no table of them.</summary>
    public int? Symbols { get; init; }
}
