using System.Diagnostics;
using Elman.Data;

namespace Elman.Cli.Input;

/// <summary>Shows the progress of reading or downloading a large file on a terminal; writes nothing for small files and pipes.</summary>
internal sealed class ReadingProgress(Terminal terminal, string work) : IProgress<ReadProgress>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = _patience;
    private int _shown;

    /// <inheritdoc/>
    public void Report(ReadProgress value)
    {
        if (!terminal.ErrorIsRich || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + _interval;
        string share = value.TotalBytes is > 0 and long total
            ? FormattableString.Invariant($"{100.0 * value.BytesRead / total:0} %")
            : FormattableString.Invariant($"{value.BytesRead / 1_000_000} MB");
        string sequences = value.Sequences == 0 ? "" : FormattableString.Invariant($", {value.Sequences:N0} sequences");
        string text = $"{MessageText.Visible(work)}: {share}{sequences}";
        Show(text[..Math.Min(text.Length, Math.Max(0, terminal.Width - 1))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shown == 0)
            return;
        Show("");
        terminal.Error.Write('\r');
    }

    /// <summary>Overwrites the current line.</summary>
    private void Show(string text)
    {
        terminal.Error.Write($"\r{text.PadRight(_shown)}");
        _shown = text.Length;
    }
}
