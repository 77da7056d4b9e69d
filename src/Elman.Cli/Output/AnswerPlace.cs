namespace Elman.Cli.Output;

/// <summary>Part of the position of a prediction: the sequence, the step, or the step ahead.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Number">Its index.</param>
/// <param name="Text">Replaces the number if the part has a name.</param>
internal readonly record struct AnswerPlace(string Name, int Number, string? Text = null)
{
    /// <summary>A part with a number.</summary>
    public static implicit operator AnswerPlace((string Name, int Number) place) => new(place.Name, place.Number);
}
