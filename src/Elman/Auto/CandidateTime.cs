using System.Diagnostics;
using Elman.Fitted;

namespace Elman.Auto;

/// <summary>The time to fit a candidate.</summary>
internal static class CandidateTime
{
    /// <summary>
    /// Returns the measured time; for models that a resumed training took from its checkpoint, the time that their fits took.
    /// </summary>
    /// <param name="watch">Measures the time since the fit of the candidate began.</param>
    /// <param name="models">The fitted models.</param>
    public static TimeSpan Of(Stopwatch watch, IReadOnlyList<FittedModel> models)
    {
        var earlier = TimeSpan.FromSeconds(models.Sum(model => model.Summary?.Seconds ?? 0));
        return watch.Elapsed > earlier ? watch.Elapsed : earlier;
    }
}
