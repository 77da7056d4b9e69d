using System.Runtime.InteropServices;

namespace Elman.Cli;

/// <summary>
/// Converts the first Ctrl-C, SIGTERM or SIGHUP (a closed terminal) to a request to stop; the second ends the process as usual.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Starts listening for signals.</summary>
    /// <param name="onFirst">Called when the first signal arrives.</param>
    /// <param name="outer">Another token that stops the work.</param>
    public Interruption(Action onFirst, CancellationToken outer)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        int signals = 0;
        void Hear(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref signals) > 1)
                return;
            context.Cancel = true;
            onFirst();
            _source.Cancel();
        }
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear), PosixSignalRegistration.Create(PosixSignal.SIGHUP, Hear)];
    }

    /// <summary>The token that the first signal cancels.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }
}
