namespace Elman.PyTorch.Mapping;

/// <summary>Finds the order in which data pass through recurrent modules: each takes what the one before gives.</summary>
internal static class ModuleOrder
{
    /// <summary>The maximum number of steps of the search; a stack of modules of different sizes needs few.</summary>
    private const int MostSteps = 10_000;

    /// <summary>Returns the first two orders in which the sizes fit; both empty lists if there are too many to search.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="isFirst">Whether a module may be the first.</param>
    /// <param name="isLast">Whether a module may be the last.</param>
    public static List<RecurrentModule[]> Find(
        IReadOnlyList<RecurrentModule> modules, Func<RecurrentModule, bool> isFirst, Func<RecurrentModule, bool> isLast)
    {
        var found = new List<RecurrentModule[]>();
        var chain = new List<RecurrentModule>();
        int steps = 0;
        Extend();
        return steps > MostSteps ? [[], []] : found;

        // At most as deep as a model has layers.
        void Extend()
        {
            if (chain.Count == modules.Count)
            {
                if (isLast(chain[^1]))
                    found.Add([.. chain]);
                return;
            }
            foreach (RecurrentModule next in modules)
            {
                if (found.Count > 1 || ++steps > MostSteps)
                    return;
                if (chain.Contains(next) || !(chain.Count == 0 ? isFirst(next) : next.Inputs == chain[^1].Width))
                    continue;
                chain.Add(next);
                Extend();
                chain.RemoveAt(chain.Count - 1);
            }
        }
    }
}
