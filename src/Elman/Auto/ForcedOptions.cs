using Elman.Options;

namespace Elman.Auto;

/// <summary>Applies the given options to the candidates of the automatic choice.</summary>
internal static class ForcedOptions
{
    /// <summary>Returns the options of a candidate, with the given options in place of its own.</summary>
    public static TrainingOptions Apply(TrainingOptions given, TrainingOptions candidate) => TrainingOptions.Definitions
        .Where(option => option.Roles.HasFlag(OptionRoles.Forced)
            && (!option.IsDefault(given) || given.Choice.Fixed.Contains(option.Name, StringComparer.Ordinal)))
        .Aggregate(candidate, (options, option) => option.With(options, option.ValueOf(given)));

    /// <summary>Returns the base of a candidate's options: the given options, without those of the choice itself.</summary>
    public static TrainingOptions Base(TrainingOptions given) => given with { Cell = new RnnOptions(), Validation = 0 };
}
