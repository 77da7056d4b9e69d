namespace Elman;

/// <summary>The intended use of an automatically chosen model (<see cref="AutoOptions.For"/>).</summary>
public enum ModelUse
{
    /// <summary>Anything: the model may need whole sequences.</summary>
    Anything,

    /// <summary>Streams: the model has a prediction after every step, without later steps.</summary>
    Streaming,
}
