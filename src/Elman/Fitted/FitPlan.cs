namespace Elman.Fitted;

/// <summary>A record of how a member was fitted, so that it can be fitted to other data in the same way.</summary>
internal abstract record FitPlan
{
    /// <summary>A text that differs between plans that fit different models.</summary>
    public abstract string Key { get; }
}
