namespace Elman;

/// <summary>A part of a model, as reports show it.</summary>
/// <param name="Name">What its weights' names begin with in a model file, or what it does.</param>
/// <param name="Kind">What it is, such as <c>lstm</c> or <c>dense</c>.</param>
/// <param name="Inputs">Values that go in, at each step or for each sequence.</param>
/// <param name="Outputs">Values that come out.</param>
/// <param name="TakesSteps">Whether it takes something at every step.</param>
/// <param name="GivesSteps">Whether it gives something at every step.</param>
/// <param name="Parameters">How many numbers it consists of.</param>
public sealed record LayerInfo(string Name, string Kind, int Inputs, int Outputs, bool TakesSteps, bool GivesSteps, long Parameters)
{
    /// <summary>Whether those are as they were drawn, since it is a reservoir; else they were learned.</summary>
    public bool IsFixed { get; init; }

    /// <summary>How many symbols it has a vector for; <see langword="null"/> where it has no table of them.</summary>
    public int? Symbols { get; init; }
}
