namespace Elman.Cli.Output;

/// <summary>Part of what says which answer it is: the sequence, a step of it, how far ahead.</summary>
/// <param name="Name">What the part is called.</param>
/// <param name="Number">Its number.</param>
/// <param name="Text">What stands in the place of a number, where it has a name.</param>
internal readonly record struct AnswerPlace(string Name, int Number, string? Text = null)
{
    /// <summary>A part with a number.</summary>
    public static implicit operator AnswerPlace((string Name, int Number) place) => new(place.Name, place.Number);
}
