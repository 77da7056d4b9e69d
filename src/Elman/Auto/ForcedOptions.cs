using Elman.Options;

namespace Elman.Auto;

/// <summary>Carries options that were given over to the candidates of the automatic choice.</summary>
internal static class ForcedOptions
{
    /// <summary>The options of a candidate, with those that were given, and that it may set, as they were given.</summary>
    public static TrainingOptions Apply(TrainingOptions given, TrainingOptions candidate) => TrainingOptions.Definitions
        .Where(option => option.Roles.HasFlag(OptionRoles.Forced)
            && (!option.IsDefault(given) || given.Choice.Fixed.Contains(option.Name, StringComparer.Ordinal)))
        .Aggregate(candidate, (options, option) => option.With(options, option.ValueOf(given)));

    /// <summary>What a candidate starts from: all options as they were given, but for those of the choice itself.</summary>
    public static TrainingOptions Base(TrainingOptions given) => given with { Cell = new RnnOptions(), Validation = 0 };
}
