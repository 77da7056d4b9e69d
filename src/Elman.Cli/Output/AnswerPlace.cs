namespace Elman.Cli.Output;

/// <summary>Part of the position of a prediction: the sequence, the step, or the step ahead.</summary>
/// <param name="Name">The name of this part of the position.</param>
/// <param name="Number">The index.</param>
/// <param name="Text">The text that replaces the index, if there is one.</param>
internal readonly record struct AnswerPlace(string Name, int Number, string? Text = null)
{
    /// <summary>Converts a name and an index to a part of a position.</summary>
    public static implicit operator AnswerPlace((string Name, int Number) place) => new(place.Name, place.Number);
}
