namespace Elman.Cli.Runs;

/// <summary>Passes sentences on at once, on the thread that reports them.</summary>
/// <param name="receive">Receives the sentences.</param>
internal sealed class Sentences(Action<string> receive) : IProgress<string>
{
    /// <inheritdoc/>
    public void Report(string value) => receive(value);
}
