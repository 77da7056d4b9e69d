namespace Elman.Fitted;

/// <summary>How a member was fitted, so that the same can be fitted to other data.</summary>
internal abstract record FitPlan;
