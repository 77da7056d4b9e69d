namespace Elman;

/// <summary>The intended use of an automatically chosen model (<see cref="AutoOptions.For"/>).</summary>
public enum ModelUse
{
    /// <summary>Anything: the model may need whole sequences.</summary>
    Anything,

    /// <summary>Streams: the model answers after every step, without waiting for later ones.</summary>
    Streaming,
}
